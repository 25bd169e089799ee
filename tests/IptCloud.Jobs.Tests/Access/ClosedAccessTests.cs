using IptCloud.Data.Access;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace IptCloud.Jobs.Access;

/// <summary>Of each kind one row that is just old enough and one that lacks a second, on each database.</summary>
public abstract class ClosedAccessTests
{
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset old = Post.Now - ClosedAccess.Kept;
    private static readonly Guid user = Guid.NewGuid();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<Post> PostAsync();

    [Fact]
    public async Task Sign_ins_letters_and_codes_go_when_they_have_been_closed_for_long()
    {
        await using var post = await PostAsync();
        await post.ChangeAsync(db =>
        {
            db.SignIns.AddRange(SignIn("ended long ago", old, old), SignIn("left long ago", old, null), SignIn("ended later", old, old + second), SignIn("used later", old + second, null), SignIn("goes on", Post.Now, null));
            db.StaffLetters.AddRange(Letter("sent", old, OutboxStates.Sent), Letter("never sent", old, OutboxStates.Pending), Letter("later", old + second, OutboxStates.Sent), Letter("waits", Post.Now.AddDays(1), OutboxStates.Pending));
            db.RecoveryCodes.AddRange(Code("used long ago", old), Code("used later", old + second), Code("unused", null));
            db.SignUps.AddRange(SignUp("late", Post.Now.AddHours(-24)), SignUp("in time", Post.Now.AddHours(-24) + second));
        });

        await RunAsync(post);

        Assert.Equal(["ended later", "goes on", "used later"], await post.ReadAsync(db => db.SignIns.Select(s => s.Address).Order().ToListAsync(Ct)));
        Assert.Equal(["later", "waits"], await post.ReadAsync(db => db.StaffLetters.Select(l => l.Address).Order().ToListAsync(Ct)));
        Assert.Equal(["unused", "used later"], await post.ReadAsync(db => db.RecoveryCodes.Select(c => c.CodeHash).Order().ToListAsync(Ct)));
        Assert.Equal(["in time"], await post.ReadAsync(db => db.SignUps.Select(s => s.Name).ToListAsync(Ct)));
    }

    /// <summary>More than one page of them, old and young in turn, two of them of another network.</summary>
    [Fact]
    public async Task Tokens_go_when_their_link_has_been_closed_for_long_by_the_clinic_clock_and_the_link_stays_with_its_network()
    {
        const int links = 700;
        await using var post = await PostAsync();
        var clinic = Post.Now.AddDays(200);
        var tokens = Enumerable.Range(0, links).Select(_ => LinkToken.Hash(Guid.NewGuid().ToString())).ToList();
        await post.ChangeAsync(db => db.TaskLinks.AddRange(tokens.Select((t, i) => Link(post.Network, t, clinic - ClosedAccess.Kept + (i % 2) * second))));
        var neighbour = new NetworkId(Guid.NewGuid());
        string[] theirs = [LinkToken.Hash("their old one"), LinkToken.Hash("their young one")];
        await using (var db = post.Get<Databases>().Make(DatabaseRole.App, neighbour))
        {
            db.TaskLinks.AddRange(theirs.Select((t, i) => Link(neighbour, t, clinic - ClosedAccess.Kept + i * second)));
            db.Tokens.AddRange(theirs.Select(t => new Data.Networks.TokenRow { TokenHash = t, NetworkId = neighbour }));
            await db.SaveChangesAsync(Ct);
        }

        await post.ChangeAsync(db => db.Tokens.AddRange(tokens.Select(t => new Data.Networks.TokenRow { TokenHash = t, NetworkId = post.Network })));

        await RunAsync(post, clinic);

        Assert.Equal(tokens.Where((_, i) => i % 2 == 1).Append(theirs[1]).Order(StringComparer.Ordinal), (await TokensAsync(post)).Order(StringComparer.Ordinal));
        Assert.Equal(links, await post.ReadAsync(db => db.TaskLinks.CountAsync(Ct)));

        await RunAsync(post, clinic + second);
        Assert.Empty(await TokensAsync(post));
    }

    private static Task RunAsync(Post post, DateTimeOffset? clinic = null) =>
        new ClosedAccessJob(post.Get<ClosedAccess>(), post.Clock, new FakeTimeProvider(clinic ?? Post.Now)).RunAsync(Ct);

    private static async Task<List<string>> TokensAsync(Post post)
    {
        await using var db = await post.Get<Databases>().ReadAsync(DatabaseRole.Directory, Ct);
        return await db.Tokens.Select(t => t.TokenHash).ToListAsync(Ct);
    }

    private static SignInRow SignIn(string what, DateTimeOffset seen, DateTimeOffset? ended) => new() { Id = Guid.NewGuid(), UserId = user, Address = what, CreatedAt = old.AddDays(-1), LastSeenAt = seen, EndedAt = ended };

    private static StaffLetterRow Letter(string what, DateTimeOffset expires, string state) => new() { Id = Guid.NewGuid(), Purpose = "reset", Template = "Reset", Address = what, Subject = user, QueuedAt = expires.AddMinutes(-10), VisibleAt = expires, ExpiresAt = expires, State = state };

    private static RecoveryCodeRow Code(string what, DateTimeOffset? used) => new() { UserId = user, CodeHash = what, UsedAt = used };

    private static Data.Networks.SignUpRow SignUp(string what, DateTimeOffset at) => new() { Id = Guid.NewGuid(), NetworkName = "Elm", Name = what, Email = "jo@example.org", PasswordHash = "hash", At = at };

    private static TaskLinkRow Link(NetworkId network, string hash, DateTimeOffset expires) => new() { TokenHash = hash, NetworkId = network, CourseId = new(Guid.NewGuid()), MessageId = new(Guid.NewGuid()), ClinicId = new(Guid.NewGuid()), ExpiresAt = expires };
}

public sealed class SqliteClosedAccessTests : ClosedAccessTests
{
    protected override Task<Post> PostAsync() => Post.OnSqliteAsync();
}

[Trait("Needs", "postgres")]
public sealed class PostgresClosedAccessTests : ClosedAccessTests
{
    protected override Task<Post> PostAsync() => Post.OnPostgresAsync(TestContext.Current.CancellationToken);
}
