using System.Collections.Concurrent;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Access;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Messages;

public sealed class LetterTests
{
    private static readonly Guid subject = Guid.NewGuid();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_leaves_and_its_link_works_once_on_sqlite()
    {
        await using var post = await Post.OnSqliteAsync();
        await WorksOnceAsync(post);
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task A_letter_leaves_and_its_link_works_once_on_postgres()
    {
        await using var post = await Post.OnPostgresAsync(Ct);
        await WorksOnceAsync(post);
    }

    [Theory]
    [MemberData(nameof(Purposes))]
    public async Task A_link_lives_as_long_as_its_purpose_says(LetterPurpose purpose, int minutes)
    {
        await using var post = await Post.OnSqliteAsync();
        var token = await SendAsync(post, purpose);
        post.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await post.Get<StaffLetters>().FindAsync(token, purpose, Ct));
        post.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await post.Get<StaffLetters>().FindAsync(token, purpose, Ct));
    }

    public static TheoryData<LetterPurpose, int> Purposes => new() { { LetterPurpose.Reset, 10 }, { LetterPurpose.Confirm, 24 * 60 }, { LetterPurpose.Invitation, 7 * 24 * 60 } };

    [Theory]
    [InlineData(LetterTemplate.SeatAdded, 2)]
    [InlineData(LetterTemplate.PaymentLate, 3)]
    [InlineData(LetterTemplate.TrialEnding, 1)]
    [InlineData(LetterTemplate.TrialEnding, 2)]
    [InlineData(LetterTemplate.Receipt, 3)]
    [InlineData(LetterTemplate.Receipt, 0)] // queued by a program that brought none
    public void A_text_says_all_that_its_letter_brings(LetterTemplate template, int count)
    {
        string[] facts = [.. Enumerable.Range(0, count).Select(i => $"fact {i}")];
        var text = LetterTexts.Text(template, "https://portal.example.org/network/plan", facts);
        Assert.All(facts, f => Assert.Contains(f, text, StringComparison.Ordinal));
        Assert.Contains("https://portal.example.org/network/plan", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_opens_nothing_of_another_purpose_and_a_newer_letter_closes_it()
    {
        await using var post = await Post.OnSqliteAsync();
        var letters = post.Get<StaffLetters>();
        var token = await SendAsync(post, LetterPurpose.Reset);
        Assert.Null(await letters.FindAsync(token, LetterPurpose.Confirm, Ct));
        var old = await letters.FindAsync(token, LetterPurpose.Reset, Ct);

        post.Clock.Advance(TimeSpan.FromSeconds(5));
        var newer = await SendAsync(post, LetterPurpose.Reset);

        Assert.Null(await letters.FindAsync(token, LetterPurpose.Reset, Ct));
        Assert.NotNull(await letters.FindAsync(newer, LetterPurpose.Reset, Ct));
        Assert.False(await SpendAsync(post, old!));
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_link_and_a_late_letter_does_not_leave()
    {
        await using var post = await Post.OnSqliteAsync();
        var id = await QueueAsync(post, LetterPurpose.Reset);
        Sender lost = new(SendOutcome.MaybeSent), taken = new(SendOutcome.Sent);
        await RunAsync(post, lost, id);
        post.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([id], await post.Get<LetterDeliveries>().ClaimAsync(post.Clock.GetUtcNow(), Post.Lease, 10, Ct));
        await RunAsync(post, taken, id);
        Assert.Equal(Assert.Single(lost.Sent).Text, Assert.Single(taken.Sent).Text);

        var late = await QueueAsync(post, LetterPurpose.Reset);
        post.Clock.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(post, taken, late);
        Assert.Single(taken.Sent);
        Assert.Equal(OutboxStates.Withdrawn, await post.ReadAsync(db => db.StaffLetters.Where(l => l.Id == late).Select(l => l.State).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_letter_left_in_the_middle_is_claimed_again_when_its_lease_ends()
    {
        await using var post = await Post.OnSqliteAsync();
        var id = await QueueAsync(post, LetterPurpose.Reset);
        var deliveries = post.Get<LetterDeliveries>();
        Assert.Equal([id], await deliveries.ClaimAsync(Post.Now, Post.Lease, 10, Ct));
        Assert.Empty(await deliveries.ClaimAsync(Post.Now, Post.Lease, 10, Ct));
        Assert.NotNull(await deliveries.BeginAsync(id, Post.Now, Post.Lease, Ct));

        Assert.Equal(Post.Now + Post.Lease, await deliveries.EarliestAsync(Ct));
        Assert.Equal([id], await deliveries.ClaimAsync(Post.Now + Post.Lease, Post.Lease, 10, Ct));
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task A_networks_login_queues_letters_of_its_network_only_and_reads_none()
    {
        await using var post = await Post.OnPostgresAsync(Ct);
        var letters = post.Get<StaffLetters>();
        await using (var db = await post.Get<Databases>().WriteAsync(post.Network, Ct)) await letters.QueueAsync(db, LetterPurpose.Invitation, "new@example.org", subject, post.Network, ct: Ct);
        foreach (var other in new Domain.Identifiers.NetworkId?[] { null, new(Guid.NewGuid()) })
        {
            await using var db = await post.Get<Databases>().WriteAsync(post.Network, Ct);
            await Assert.ThrowsAsync<DbUpdateException>(() => letters.QueueAsync(db, LetterPurpose.Invitation, "new@example.org", subject, other, ct: Ct));
        }

        await using var reading = await post.Get<Databases>().ReadAsync(post.Network, Ct);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => reading.StaffLetters.CountAsync(Ct));
    }

    private static async Task WorksOnceAsync(Post post)
    {
        var letters = post.Get<StaffLetters>();
        var token = await SendAsync(post, LetterPurpose.Reset);
        Assert.DoesNotContain(token, string.Join('|', await post.ReadAsync(db => db.StaffLetters.Select(l => l.Id + l.TokenHash + l.Detail).ToListAsync(Ct))), StringComparison.Ordinal);

        for (var look = 0; look < 3; look++) Assert.Equal(subject, (await letters.FindAsync(token, LetterPurpose.Reset, Ct))!.Subject);
        var link = (await letters.FindAsync(token, LetterPurpose.Reset, Ct))!;
        ConcurrentBag<bool> spent = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), Ct, async (_, _) => spent.Add(await SpendAsync(post, link)));

        Assert.Single(spent, s => s);
        Assert.Null(await letters.FindAsync(token, LetterPurpose.Reset, Ct));
    }

    private static async Task<bool> SpendAsync(Post post, StaffLink link)
    {
        await using var db = await post.Get<Databases>().WriteAsync(DatabaseRole.Directory, Ct);
        return await post.Get<StaffLetters>().SpendAsync(db, link, Ct);
    }

    private static async Task<Guid> QueueAsync(Post post, LetterPurpose purpose)
    {
        await using var db = await post.Get<Databases>().WriteAsync(DatabaseRole.Directory, Ct);
        return await post.Get<StaffLetters>().QueueAsync(db, purpose, "jo@example.org", subject, ct: Ct);
    }

    private static async Task<string> SendAsync(Post post, LetterPurpose purpose)
    {
        Sender sender = new(SendOutcome.Sent);
        await RunAsync(post, sender, await QueueAsync(post, purpose));
        var letter = Assert.Single(sender.Sent);
        Assert.Equal("jo@example.org", letter.ToAddress);
        Assert.True(Guid.TryParseExact(letter.Id, "N", out _), "The mailbox folder takes no other form of id.");
        var start = letter.Text.IndexOf($"http://localhost:5080/t/{purpose.Name}/", StringComparison.Ordinal);
        return letter.Text[start..].Split('\n')[0].Split('/')[^1];
    }

    private static readonly IOptions<WorkerOptions> options = Options.Create(new WorkerOptions { PublicUrl = new("http://localhost:5080") });

    private static Task RunAsync(Post post, Sender sender, Guid letter) =>
        new LetterJob(post.Get<LetterDeliveries>(), sender, options, new(post.Get<Databases>(), options, post.Clock, post.Clock)).RunAsync(letter, Ct);

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
