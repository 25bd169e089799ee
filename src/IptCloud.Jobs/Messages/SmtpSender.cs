using System.Globalization;
using System.Net.Sockets;
using IptCloud.Contracts.Messages;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace IptCloud.Jobs.Messages;

/// <summary>
/// Messages over SMTP, one connection each. The one moment that matters is the text: before it is begun, trying again is
/// safe; after it, only an answer tells, and without one nobody can know.
/// </summary>
public sealed partial class SmtpSender(IOptions<SmtpOptions> options, TimeProvider system, ILogger<SmtpSender> logger) : IMessageSender
{
    private const int Permanent = 500;

    /// <inheritdoc />
    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var watch = new TextWatch();
        using var client = new SmtpClient(watch);
        using var limit = new CancellationTokenSource(options.Value.Timeout, system);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var connected = false;
        try
        {
            using var mime = MessageMime.Of(message, options.Value.FromAddress, system.GetUtcNow());
            await ConnectAsync(client, either.Token);
            connected = true;
            limit.CancelAfter(options.Value.Timeout);
            await client.SendAsync(mime, either.Token);
        }
        catch (ParseException)
        {
            return new(SendOutcome.Rejected, "not an address");
        }
        catch (SmtpCommandException e) when (connected)
        {
            return new((int)e.StatusCode >= Permanent ? SendOutcome.Rejected : SendOutcome.TryAgain, string.Create(CultureInfo.InvariantCulture, $"answered {(int)e.StatusCode}"));
        }
        catch (Exception e) when (IsFailure(e))
        {
            LogInterrupted(e.GetType().Name, watch.TextBegun);
            return watch.TextBegun ? new(SendOutcome.MaybeSent, "no answer after the text") : new(SendOutcome.TryAgain, connected ? "the connection was lost" : "no connection");
        }

        await QuitAsync(client);
        return new(SendOutcome.Sent, "taken by the mail server");
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken ct)
    {
        var o = options.Value;
        client.Timeout = (int)o.Timeout.TotalMilliseconds;
        await client.ConnectAsync(o.Host, o.Port, o.Security switch { SmtpSecurity.StartTls => SecureSocketOptions.StartTls, SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect, _ => SecureSocketOptions.None }, ct);
        if (o.User is { Length: > 0 } user) await client.AuthenticateAsync(user, o.Password ?? "", ct);
    }

    /// <summary>The message was taken; how the connection ends changes nothing.</summary>
    private static async Task QuitAsync(SmtpClient client)
    {
        try
        {
            await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception e) when (IsFailure(e))
        {
        }
    }

    /// <summary>Everything that network, server and settings can do; a server's words are not kept, because they may repeat the address.</summary>
    private static bool IsFailure(Exception e) => e is IOException or SocketException or OperationCanceledException or TimeoutException
        or ProtocolException or CommandException or SslHandshakeException or AuthenticationException or SaslException or NotSupportedException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending by SMTP was interrupted by {Error}; the text had begun: {TextBegun}.")]
    private partial void LogInterrupted(string error, bool textBegun);

    /// <summary>Notices the moment from which the server may have the message. Keeps nothing of what it sees.</summary>
    private sealed class TextWatch : IProtocolLogger
    {
        public bool TextBegun { get; private set; }

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count)
        {
            var line = buffer.AsSpan(offset, count);
            TextBegun |= line.StartsWith("DATA\r"u8) || line.StartsWith("BDAT "u8) || line.IndexOf("\nDATA\r"u8) >= 0 || line.IndexOf("\nBDAT "u8) >= 0;
        }

        public void LogServer(byte[] buffer, int offset, int count)
        {
        }

        public void Dispose()
        {
        }
    }
}
