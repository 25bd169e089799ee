using System.Collections.Immutable;
using IptCloud.Contracts.Messages;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace IptCloud.Jobs.Messages;

/// <summary>
/// Messages as files, where no mail server is set up. The file's name is the outbox id: however often a message is handed
/// over, it is there once, and whole.
/// </summary>
public sealed partial class MailboxFolder(string folder, TimeProvider system, ILogger<MailboxFolder> logger) : IMessageSender, IMailbox
{
    private const string Extension = ".eml";
    private const string FromAddress = "no-reply@mailbox.localhost";

    private readonly string folder = Directory.CreateDirectory(folder).FullName;

    /// <inheritdoc />
    public bool IsRepeatable => true;

    /// <inheritdoc />
    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (PathOf(message.Id) is not { } path) return new(SendOutcome.Rejected, "not an outbox id");
        if (File.Exists(path)) return new(SendOutcome.Sent, "already in the folder");
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using var mime = MessageMime.Of(message, FromAddress, system.GetUtcNow());
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await mime.WriteToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true); // a name without its content must not outlive a power cut
            }

            return Publish(draft, path);
        }
        catch (ParseException)
        {
            return new(SendOutcome.Rejected, "not an address");
        }
        catch (OperationCanceledException)
        {
            return new(SendOutcome.TryAgain, "interrupted");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(e);
            return new(SendOutcome.TryAgain, "the folder cannot be written");
        }
        finally
        {
            Discard(draft);
        }
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<MailboxEntry>> NewestAsync(int take)
    {
        var newest = new DirectoryInfo(folder).EnumerateFiles($"*{Extension}").OrderByDescending(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Take(take);
        var letters = ImmutableArray.CreateBuilder<MailboxEntry>();
        foreach (var file in newest)
            if (await ReadAsync(Path.GetFileNameWithoutExtension(file.Name)) is { } letter) letters.Add(letter.Entry);
        return letters.ToImmutable();
    }

    /// <inheritdoc />
    public async Task<MailboxLetter?> ReadAsync(string id)
    {
        if (PathOf(id) is not { } path || !File.Exists(path)) return null;
        using var mime = await MimeMessage.LoadAsync(path);
        var entry = new MailboxEntry(Path.GetFileNameWithoutExtension(path), new DateTimeOffset(File.GetLastWriteTimeUtc(path)), mime.From.Mailboxes.FirstOrDefault()?.Name ?? "", mime.To.ToString(), mime.Subject ?? "");
        return new(entry, mime.TextBody ?? "", MessageMime.UnsubscribeUrlOf(mime));
    }

    /// <summary>A draft that stays behind is no message: its name does not end like one.</summary>
    private static void Discard(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static SendResult Publish(string draft, string path)
    {
        try
        {
            File.Move(draft, path, overwrite: false);
            return new(SendOutcome.Sent, "in the folder");
        }
        catch (IOException) when (File.Exists(path))
        {
            return new(SendOutcome.Sent, "already in the folder"); // someone else was quicker with the same message
        }
    }

    /// <summary>Nothing but an id ever becomes part of a path.</summary>
    private string? PathOf(string id) => Guid.TryParseExact(id, "N", out var message) ? Path.Combine(folder, message.ToString("N") + Extension) : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "The mailbox folder cannot be written.")]
    private partial void LogUnwritable(Exception exception);
}
