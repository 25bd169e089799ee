using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace IptCloud.Testing;

/// <summary>
/// A real SMTP server in a process of its own (Debian's aiosmtpd) on a free loopback port, which stores what it
/// accepts in a maildir and refuses, defers, or hangs up as told. Tests that use it carry
/// <c>[Trait("Needs", "smtp")]</c>.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder folder = new();
    private readonly Lock gate = new();
    private readonly SemaphoreSlim oneCommand = new(1);
    private readonly Channel<JsonElement> replies = Channel.CreateUnbounded<JsonElement>();
    private readonly List<SmtpMessage> messages = [];
    private readonly Process process;
    private readonly Task<string> complaints;
    private readonly Task listening;
    private TaskCompletionSource stored = NewSignal();
    private int attempts;

    private SmtpSink()
    {
        var start = new ProcessStartInfo(
            Python(), [Path.Combine(AppContext.BaseDirectory, "smtp-sink.py"), folder.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        complaints = process.StandardError.ReadToEndAsync();
        listening = ListenAsync();
    }

    public string Host { get; } = "127.0.0.1";

    public int Port { get; private set; }

    public static async Task<SmtpSink> StartAsync(CancellationToken cancellation = default)
    {
        var sink = new SmtpSink();
        try
        {
            sink.Port = (await sink.ReplyAsync()).GetProperty("listening").GetInt32();
            cancellation.ThrowIfCancellationRequested();
            return sink;
        }
        catch
        {
            await sink.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the next message will be met this way.</summary>
    public Task AnswerAsync(SmtpAnswer answer, CancellationToken cancellation = default) =>
        CommandAsync($"answer {JsonNamingPolicy.KebabCaseLower.ConvertName(answer.ToString())}", cancellation);

    /// <summary>All messages stored so far, including those whose sender was told nothing.</summary>
    public async Task<IReadOnlyList<SmtpMessage>> MessagesAsync(CancellationToken cancellation = default)
    {
        await CommandAsync("sync", cancellation);
        lock (gate) return [.. messages];
    }

    /// <summary>How many messages clients have begun, whatever became of them.</summary>
    public async Task<int> AttemptsAsync(CancellationToken cancellation = default)
    {
        await CommandAsync("sync", cancellation);
        lock (gate) return attempts;
    }

    /// <summary>Waits until at least this many messages are stored; for senders the test does not await itself.</summary>
    public async Task<IReadOnlyList<SmtpMessage>> WaitForMessagesAsync(
        int count, CancellationToken cancellation = default)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        while (true)
        {
            Task next;
            int seen;
            lock (gate)
            {
                if (messages.Count >= count) return [.. messages];
                (next, seen) = (stored.Task, messages.Count);
            }

            try
            {
                await next.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"{seen} of the {count} messages awaited arrived within {Patience}.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Ending its input ends the server; a server that is stuck is killed.
        process.StandardInput.Close();
        using (var patience = new CancellationTokenSource(Patience, TimeProvider.System))
        {
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        await listening;
        process.Dispose();
        oneCommand.Dispose();
        folder.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The Python that Debian's packages belong to, which need not be the first on the path.</summary>
    private static string Python()
    {
        const string debian = "/usr/bin/python3";
        return Environment.GetEnvironmentVariable("IPTCLOUD_TEST_PYTHON") is { Length: > 0 } named ? named
            : File.Exists(debian) ? debian
            : "python3";
    }

    private async Task CommandAsync(string command, CancellationToken cancellation)
    {
        await oneCommand.WaitAsync(cancellation);
        try
        {
            await process.StandardInput.WriteLineAsync(command.AsMemory(), cancellation);
            await process.StandardInput.FlushAsync(cancellation);
            // Not cancelled: a reply left unread would be taken for the next command's.
            await ReplyAsync();
        }
        finally
        {
            oneCommand.Release();
        }
    }

    private async Task<JsonElement> ReplyAsync()
    {
        try
        {
            return await replies.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System);
        }
        catch (ChannelClosedException)
        {
            throw new InvalidOperationException(
                "The SMTP sink ended; it needs Debian's python3-aiosmtpd, which ./tools/test installs. It said:\n"
                + await complaints);
        }
    }

    private async Task ListenAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var fact = JsonElement.Parse(line);
            if (fact.TryGetProperty("attempt", out _)) lock (gate) attempts++;
            else if (fact.TryGetProperty("stored", out var file)) Store(fact, file.GetString()!);
            else replies.Writer.TryWrite(fact);
        }

        replies.Writer.Complete();
    }

    private void Store(JsonElement fact, string file)
    {
        var message = new SmtpMessage(
            fact.GetProperty("from").GetString()!,
            [.. fact.GetProperty("to").EnumerateArray().Select(recipient => recipient.GetString()!)],
            file);
        lock (gate)
        {
            messages.Add(message);
            stored.SetResult();
            stored = NewSignal();
        }
    }
}
