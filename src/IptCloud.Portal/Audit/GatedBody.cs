using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace IptCloud.Portal.Audit;

/// <summary>The body of an answer that nothing enters before the gate has opened. The gate throws before the answer has begun, so that another can take its place.</summary>
/// <param name="open">Opens the gate; cheap once it is open.</param>
internal sealed class GatedBody(IHttpResponseBodyFeature inner, Func<Task> open) : IHttpResponseBodyFeature
{
    private GatedStream? stream;
    private GatedWriter? writer;

    public Stream Stream => stream ??= new(inner.Stream, open);

    public PipeWriter Writer => writer ??= new(inner.Writer, open);

    public void DisableBuffering() => inner.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await open();
        await inner.StartAsync(cancellationToken);
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await open();
        await inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        await open();
        await inner.CompleteAsync();
    }

    private sealed class GatedWriter(PipeWriter inner, Func<Task> open) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            await open();
            return await inner.FlushAsync(cancellationToken);
        }
    }

    private sealed class GatedStream(Stream inner, Func<Task> open) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await open();
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await open();
            await inner.FlushAsync(cancellationToken);
        }

        // Synchronous writing is off in this server; the gate cannot be waited for either.
        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Write asynchronously.");

        public override void Flush() => throw new InvalidOperationException("Flush asynchronously.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
