using IptCloud.Contracts.Messages;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace IptCloud.Jobs.Messages;

public sealed class DeliveryJobTests
{
    [Theory]
    [InlineData(SendOutcome.Sent, OutboxStates.Sent)]
    [InlineData(SendOutcome.MaybeSent, OutboxStates.MaybeSent)]
    [InlineData(SendOutcome.Rejected, OutboxStates.Failed)]
    [InlineData(SendOutcome.TryAgain, OutboxStates.Pending)]
    public async Task The_outcome_becomes_the_messages_state(SendOutcome outcome, string state)
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();
        var sender = new Sender(outcome);

        await RunAsync(post, sender, message);

        var row = await post.RowAsync(message);
        Assert.Equal((state, "as told", 1), (row.State, row.Detail, row.Attempt));
        Assert.Equal(outcome == SendOutcome.TryAgain ? null : Post.Now, row.SettledAt);
        Assert.Equal(outcome == SendOutcome.TryAgain ? Post.Now.AddMinutes(1) : Post.Now, row.VisibleAt);
    }

    [Fact]
    public async Task A_message_that_was_sent_is_not_sent_again()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();
        var sender = new Sender(SendOutcome.Sent);

        for (var i = 0; i < 3; i++) await RunAsync(post, sender, message);

        Assert.Single(sender.Sent);
    }

    [Fact]
    public async Task Trying_again_comes_to_an_end_that_is_shown()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();
        var sender = new Sender(SendOutcome.TryAgain);

        for (var i = 0; i < 40; i++) await RunAsync(post, sender, message);

        Assert.Equal(OutboxStates.Failed, (await post.RowAsync(message)).State);
        Assert.Equal(30, sender.Sent.Count);
    }

    [Fact]
    public async Task A_withdrawn_message_is_not_sent()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync(change: r => r.State = OutboxStates.Withdrawn);
        var sender = new Sender(SendOutcome.Sent);

        await RunAsync(post, sender, message);

        Assert.Empty(sender.Sent);
    }

    private static Task RunAsync(Post post, Sender sender, MessageId message)
    {
        var options = Options.Create(new WorkerOptions { PublicUrl = new("http://localhost:5080") });
        return new DeliveryJob(post.Deliveries, new(options), sender, options, new(post.Get<Databases>(), options, new FakeTimeProvider(Post.Now), TimeProvider.System)).RunAsync(post.Network.Value, message.Value, TestContext.Current.CancellationToken);
    }

    private sealed class Sender(SendOutcome outcome) : IMessageSender
    {
        public List<OutgoingMessage> Sent { get; } = [];

        public Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
        {
            Sent.Add(message);
            return Task.FromResult(new SendResult(outcome, "as told"));
        }
    }
}
