using IptCloud.Contracts.Messages;
using IptCloud.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MimeKit;

namespace IptCloud.Jobs.Messages;

[Trait("Needs", "smtp")]
public sealed class SmtpSenderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpAnswer.Accept, SendOutcome.Sent, 1)]
    [InlineData(SmtpAnswer.RefuseRecipient, SendOutcome.Rejected, 0)]
    [InlineData(SmtpAnswer.RefuseMessage, SendOutcome.Rejected, 0)]
    [InlineData(SmtpAnswer.DeferRecipient, SendOutcome.TryAgain, 0)]
    [InlineData(SmtpAnswer.DeferMessage, SendOutcome.TryAgain, 0)]
    [InlineData(SmtpAnswer.DropAfterMessage, SendOutcome.MaybeSent, 1)]
    [InlineData(SmtpAnswer.SilenceAfterMessage, SendOutcome.MaybeSent, 1)]
    public async Task What_the_server_does_decides_the_outcome(SmtpAnswer answer, SendOutcome outcome, int stored)
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);
        await sink.AnswerAsync(answer, Cancellation);

        var result = await Sender(sink.Port, timeout: answer == SmtpAnswer.SilenceAfterMessage ? 2 : 30).SendAsync(Message(), Cancellation);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(stored, (await sink.MessagesAsync(Cancellation)).Count);
        Assert.DoesNotContain("example", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_lost_before_the_text_is_never_taken_for_maybe_sent()
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);
        await sink.AnswerAsync(SmtpAnswer.DropBeforeMessage, Cancellation);

        Assert.Equal(SendOutcome.TryAgain, (await Sender(sink.Port).SendAsync(Message(), Cancellation)).Outcome);
    }

    [Fact]
    public async Task Nobody_at_the_door_means_trying_again() =>
        Assert.Equal(SendOutcome.TryAgain, (await Sender(FreePort.Next()).SendAsync(Message(), Cancellation)).Outcome);

    [Fact]
    public async Task Without_the_protection_asked_for_nothing_is_sent()
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);

        var result = await Sender(sink.Port, SmtpSecurity.StartTls).SendAsync(Message(), Cancellation);

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.Equal(0, await sink.AttemptsAsync(Cancellation));
    }

    [Fact]
    public async Task A_shutdown_in_mid_sentence_is_told_truthfully()
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);
        await sink.AnswerAsync(SmtpAnswer.SilenceAfterMessage, Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var sending = Sender(sink.Port).SendAsync(Message(), stop.Token);
        await sink.WaitForMessagesAsync(1, Cancellation);

        await stop.CancelAsync();

        Assert.Equal(SendOutcome.MaybeSent, (await sending).Outcome);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_without_a_connection() =>
        Assert.Equal(SendOutcome.Rejected, (await Sender(FreePort.Next()).SendAsync(Message() with { ToAddress = "<<" }, Cancellation)).Outcome);

    [Fact]
    public async Task The_message_can_be_told_apart_and_stopped_by_one_click()
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);
        var message = Message();

        await Sender(sink.Port).SendAsync(message, Cancellation);

        using var mime = await MimeMessage.LoadAsync(Assert.Single(await sink.MessagesAsync(Cancellation)).File, Cancellation);
        Assert.Equal($"{message.Id}@example.org", mime.MessageId);
        Assert.Equal("<https://example.org/u/y>", mime.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mime.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("Elm Street", mime.From.Mailboxes.Single().Name);
    }

    private static SmtpSender Sender(int port, SmtpSecurity security = SmtpSecurity.None, int timeout = 30) => new(
        Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = port, Security = security, FromAddress = "post@example.org", Timeout = TimeSpan.FromSeconds(timeout) }), TimeProvider.System, NullLogger<SmtpSender>.Instance);

    private static OutgoingMessage Message() =>
        new(Guid.NewGuid().ToString("N"), "Elm Street", "sam@example.org", "You have a message", "Hello Sam,\n\nA short note is ready.\n", "https://example.org/u/y");
}
