using IptCloud.Data.Messages;
using IptCloud.Domain.Clients;

namespace IptCloud.Jobs.Messages;

public abstract class OutboxTests
{
    protected abstract Task<Post> PostAsync();

    [Fact]
    public async Task A_claimed_message_is_hidden_until_its_lease_ends()
    {
        await using var post = await PostAsync();
        var message = await post.QueueAsync();
        await post.QueueAsync(visible: Post.Now.AddMinutes(1));

        Assert.Equal([post.Key(message)], await post.Outbox.ClaimAsync(Post.Now, Post.Lease, 10));
        Assert.Empty(await post.Outbox.ClaimAsync(Post.Now, Post.Lease, 10));
        Assert.Equal(2, (await post.Outbox.ClaimAsync(Post.Now + Post.Lease, Post.Lease, 10)).Length);
    }

    [Fact]
    public async Task Workers_that_claim_at_once_share_the_messages_without_overlap()
    {
        await using var post = await PostAsync();
        for (var i = 0; i < 40; i++) await post.QueueAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => post.Outbox.ClaimAsync(Post.Now, Post.Lease, 10))));

        var keys = claims.SelectMany(c => c).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal(40, keys.Count + (await post.Outbox.ClaimAsync(Post.Now, Post.Lease, 40)).Length);
    }

    [Fact]
    public async Task What_is_final_is_never_claimed()
    {
        await using var post = await PostAsync();
        foreach (var state in new[] { OutboxStates.Sending, OutboxStates.Sent, OutboxStates.MaybeSent, OutboxStates.Withdrawn, OutboxStates.Failed })
            await post.QueueAsync(change: r => r.State = state);

        Assert.Empty(await post.Outbox.ClaimAsync(Post.Now.AddDays(1), Post.Lease, 10));
    }

    [Theory]
    [InlineData(true, OutboxStates.Pending)]
    [InlineData(false, OutboxStates.MaybeSent)]
    public async Task A_message_left_in_the_middle_is_repeated_only_where_that_makes_no_second(bool isRepeatable, string state)
    {
        await using var post = await PostAsync();
        var message = await post.QueueAsync();
        await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease);

        Assert.Equal(0, await post.Outbox.RecoverAsync(Post.Now, Post.Now, isRepeatable));
        Assert.Equal(1, await post.Outbox.RecoverAsync(DateTimeOffset.MaxValue, Post.Now, isRepeatable));

        var row = await post.RowAsync(message);
        Assert.Equal((state, Post.Now), (row.State, row.VisibleAt <= Post.Now ? Post.Now : isRepeatable ? default : Post.Now));
    }

    [Fact]
    public async Task The_earliest_is_of_what_waits_or_was_left()
    {
        await using var post = await PostAsync();
        Assert.Null(await post.Outbox.EarliestAsync());
        await post.QueueAsync(visible: Post.Now.AddDays(-1), change: r => r.State = OutboxStates.Sent);
        await post.QueueAsync(visible: Post.Now.AddMinutes(2));
        Assert.Equal(Post.Now.AddMinutes(2), await post.Outbox.EarliestAsync());
        await post.QueueAsync(visible: Post.Now.AddMinutes(1), change: r => r.State = OutboxStates.Sending);

        Assert.Equal(Post.Now.AddMinutes(1), await post.Outbox.EarliestAsync());
    }

    [Fact]
    public async Task Due_work_is_claimed_once_per_lease_and_counts_its_attempts()
    {
        await using var post = await PostAsync();
        var claims = post.Get<DueWorkClaims>();
        await post.ChangeAsync(db =>
        {
            for (var i = 0; i < 3; i++)
                db.DueWork.Add(new() { NetworkId = post.Network, CourseId = post.Course, Kind = Domain.Messages.DueKind.MissedCheck, Subject = Guid.NewGuid(), DueAt = Post.Now.AddHours(-i), VisibleAt = Post.Now.AddHours(-i) });
        });

        Assert.Equal(Post.Now.AddHours(-2), await claims.EarliestAsync());
        Assert.Equal([Post.Now.AddHours(-2), Post.Now.AddHours(-1)], (await claims.ClaimAsync(Post.Now, Post.Lease, 2)).Select(c => c.DueAt).Order());
        Assert.Equal(1, Assert.Single(await claims.ClaimAsync(Post.Now, Post.Lease, 2)).Attempt);
        Assert.Empty(await claims.ClaimAsync(Post.Now, Post.Lease, 2));
        Assert.All(await claims.ClaimAsync(Post.Now + Post.Lease, Post.Lease, 10), c => Assert.Equal(2, c.Attempt));
    }

    [Fact]
    public async Task A_link_is_bound_by_one_browser_and_spent_once()
    {
        await using var post = await PostAsync();
        var links = post.Get<TaskLinks>();
        var token = (await post.Deliveries.BeginAsync(post.Key(await post.QueueAsync()), Post.Now, Post.Lease))!.LinkToken!;
        var link = (await links.FindAsync(token))!;

        var bound = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => links.BindAsync(link, $"browser {i}", Post.Now))));

        Assert.Single(bound, b => b);
        var winner = $"browser {Array.IndexOf(bound, true)}";
        Assert.True(await links.BindAsync(link, winner, Post.Now));
        await links.SpendAsync(link, Post.Now);
        Assert.False(await links.BindAsync(link, winner, Post.Now));
        Assert.NotNull((await links.FindAsync(token))!.SpentAt);
    }

    [Fact]
    public async Task A_link_cannot_be_bound_after_its_window()
    {
        await using var post = await PostAsync();
        var links = post.Get<TaskLinks>();
        var token = (await post.Deliveries.BeginAsync(post.Key(await post.QueueAsync()), Post.Now, Post.Lease))!.LinkToken!;

        Assert.False(await links.BindAsync((await links.FindAsync(token))!, "browser", Post.Now.AddDays(2)));
        Assert.Null(await links.FindAsync(token + "x"));
        Assert.Null(await links.FindAsync(new string('A', LinkToken.Length)));
    }

    /// <summary>The mailbox may have been somebody else's.</summary>
    [Fact]
    public async Task Another_address_closes_the_links_that_went_to_the_one_before()
    {
        await using var post = await PostAsync();
        var (links, records) = (post.Get<TaskLinks>(), post.Get<Data.Clients.ClientRecords>());
        var token = (await post.Deliveries.BeginAsync(post.Key(await post.QueueAsync()), Post.Now, Post.Lease))!.LinkToken!;
        async Task<bool> OpensAsync() => await links.BindAsync((await links.FindAsync(token))!, "browser", Post.Now);
        async Task ChangeAsync(Func<ClientRecord, ClientRecord> change)
        {
            var stored = (await records.FindAsync(post.Network, post.Client))!;
            Assert.True(await records.ChangeAsync(post.Network, stored, change(stored.Record), Post.Now));
        }

        await ChangeAsync(r => r with { FamilyName = "Otherwise" });
        Assert.True(await OpensAsync());
        await ChangeAsync(r => r with { Email = "moved@example.org" });
        Assert.False(await OpensAsync());
    }

    [Fact]
    public async Task The_address_in_a_message_stops_its_clients_messages_and_no_one_elses()
    {
        await using var post = await PostAsync();
        var consents = post.Get<EmailConsents>();
        var stop = (await post.Deliveries.BeginAsync(post.Key(await post.QueueAsync()), Post.Now, Post.Lease))!.StopToken!;
        var waiting = await post.QueueAsync();

        var request = await consents.FindAsync(stop);
        await consents.WithdrawAsync(request!, Post.Now);
        await consents.WithdrawAsync(request!, Post.Now);

        Assert.Equal(post.Course, Assert.Single(request!.Courses).Course);
        Assert.Equal(OutboxStates.Withdrawn, (await post.RowAsync(waiting)).State);
        Assert.False((await post.Get<Data.Clients.ClientRecords>().FindAsync(post.Network, post.Client))!.Record.EmailConsent);
        Assert.Null(await consents.FindAsync(stop[..^1] + (stop[^1] == 'A' ? 'B' : 'A')));
        Assert.Null(await consents.FindAsync("nothing"));
    }
}

public sealed class SqliteOutboxTests : OutboxTests
{
    protected override Task<Post> PostAsync() => Post.OnSqliteAsync();
}

[Trait("Needs", "postgres")]
public sealed class PostgresOutboxTests : OutboxTests
{
    protected override Task<Post> PostAsync() => Post.OnPostgresAsync(TestContext.Current.CancellationToken);
}
