using System.Net.Sockets;
using MailKit.Net.Smtp;
using MimeKit;

namespace IptCloud.Testing;

[Trait("Needs", "smtp")]
public sealed class SmtpSinkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accepted_message_is_stored_with_its_envelope()
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);

        await SendAsync(sink);

        var message = Assert.Single(await sink.MessagesAsync(Cancellation));
        Assert.Equal("clinic@example.org", message.Sender);
        Assert.Equal(["client@example.org"], message.Recipients);
        Assert.Contains("Zwölf", (await MimeMessage.LoadAsync(message.File, Cancellation)).TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpAnswer.RefuseRecipient, SmtpErrorCode.RecipientNotAccepted, 550)]
    [InlineData(SmtpAnswer.DeferRecipient, SmtpErrorCode.RecipientNotAccepted, 451)]
    [InlineData(SmtpAnswer.RefuseMessage, SmtpErrorCode.MessageNotAccepted, 554)]
    [InlineData(SmtpAnswer.DeferMessage, SmtpErrorCode.MessageNotAccepted, 452)]
    public async Task A_refused_message_is_answered_by_its_code_and_not_stored(
        SmtpAnswer answer, SmtpErrorCode error, int code)
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);
        await sink.AnswerAsync(answer, Cancellation);

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(sink));

        Assert.Equal((error, code), (refusal.ErrorCode, (int)refusal.StatusCode));
        Assert.Empty(await sink.MessagesAsync(Cancellation));
        Assert.Equal(1, await sink.AttemptsAsync(Cancellation));
    }

    [Theory]
    [InlineData(SmtpAnswer.DropBeforeMessage, 0)]
    [InlineData(SmtpAnswer.DropAfterMessage, 1)]
    public async Task A_dropped_connection_looks_the_same_to_the_sender_whether_stored_or_not(
        SmtpAnswer answer, int kept)
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);
        await sink.AnswerAsync(answer, Cancellation);

        var lost = await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(sink));

        Assert.True(lost is IOException or SocketException or SmtpProtocolException, lost.ToString());
        Assert.Equal(kept, (await sink.MessagesAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Silence_after_the_message_leaves_the_sender_waiting()
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);
        await sink.AnswerAsync(SmtpAnswer.SilenceAfterMessage, Cancellation);

        using var client = new SmtpClient();
        await client.ConnectAsync(sink.Host, sink.Port, useSsl: false, Cancellation);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var sending = client.SendAsync(Message(), giveUp.Token);

        Assert.Single(await sink.WaitForMessagesAsync(1, Cancellation));
        Assert.False(sending.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task An_answer_holds_until_the_next_one()
    {
        await using var sink = await SmtpSink.StartAsync(Cancellation);
        await sink.AnswerAsync(SmtpAnswer.DeferMessage, Cancellation);
        await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(sink));
        await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(sink));

        await sink.AnswerAsync(SmtpAnswer.Accept, Cancellation);
        await SendAsync(sink);

        Assert.Single(await sink.MessagesAsync(Cancellation));
        Assert.Equal(3, await sink.AttemptsAsync(Cancellation));
    }

    [Fact]
    public async Task Nobody_listens_when_the_sink_is_gone()
    {
        var sink = await SmtpSink.StartAsync(Cancellation);
        await sink.DisposeAsync();

        await Assert.ThrowsAnyAsync<SocketException>(() => SendAsync(sink));
    }

    private static async Task SendAsync(SmtpSink sink)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(sink.Host, sink.Port, useSsl: false, Cancellation);
        await client.SendAsync(Message(), Cancellation);
        await client.DisconnectAsync(quit: true, Cancellation);
    }

    private static MimeMessage Message() => new(
        [new MailboxAddress("Clinic", "clinic@example.org")],
        [new MailboxAddress("Client", "client@example.org")],
        "A reminder",
        new TextPart("plain") { Text = "Zwölf Uhr." });
}
