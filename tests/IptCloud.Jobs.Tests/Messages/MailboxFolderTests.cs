using IptCloud.Contracts.Messages;
using IptCloud.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace IptCloud.Jobs.Messages;

public sealed class MailboxFolderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_handed_over_many_times_is_there_once_and_whole()
    {
        using var folder = new TempFolder();
        var mailbox = Mailbox(folder);
        var message = Message();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => mailbox.SendAsync(message, Cancellation))));

        Assert.All(results, r => Assert.Equal(SendOutcome.Sent, r.Outcome));
        Assert.Equal([$"{message.Id}.eml"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        var letter = await mailbox.ReadAsync(message.Id);
        Assert.Equal((message.Text, message.UnsubscribeUrl), (letter!.Text.ReplaceLineEndings("\n"), letter.UnsubscribeUrl));
        Assert.Equal(("Elm Street", "sam@example.org", "You have a message"), (letter.Entry.FromName, letter.Entry.ToAddress, letter.Entry.Subject));
    }

    [Fact]
    public async Task A_repetition_keeps_the_first_text()
    {
        using var folder = new TempFolder();
        var mailbox = Mailbox(folder);
        var message = Message();

        await mailbox.SendAsync(message, Cancellation);
        await mailbox.SendAsync(message with { Text = "Another.\n" }, Cancellation);

        Assert.Equal(message.Text, (await mailbox.ReadAsync(message.Id))!.Text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_newest_come_first_and_no_more_than_asked_for()
    {
        using var folder = new TempFolder();
        var mailbox = Mailbox(folder);
        var messages = new[] { Message(), Message(), Message() };
        foreach (var message in messages) await mailbox.SendAsync(message, Cancellation);
        for (var i = 0; i < messages.Length; i++) File.SetLastWriteTimeUtc(folder.File($"{messages[i].Id}.eml"), new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal([messages[2].Id, messages[1].Id], (await mailbox.NewestAsync(2)).Select(e => e.Id));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("00000000000000000000000000000001")]
    public async Task Only_an_id_leads_to_a_file(string id)
    {
        using var folder = new TempFolder();

        Assert.Null(await Mailbox(folder).ReadAsync(id));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_tried_again()
    {
        using var folder = new TempFolder();
        var mailbox = new MailboxFolder(folder.File("gone"), TimeProvider.System, NullLogger<MailboxFolder>.Instance);
        Directory.Delete(folder.File("gone"));

        Assert.Equal(SendOutcome.TryAgain, (await mailbox.SendAsync(Message(), Cancellation)).Outcome);
    }

    private static MailboxFolder Mailbox(TempFolder folder) => new(folder.Path, TimeProvider.System, NullLogger<MailboxFolder>.Instance);

    private static OutgoingMessage Message() =>
        new(Guid.NewGuid().ToString("N"), "Elm Street", "sam@example.org", "You have a message", "Hello Sam,\n\nA short note from Elm Street is ready: https://example.org/l/x\n", "https://example.org/u/y");
}
