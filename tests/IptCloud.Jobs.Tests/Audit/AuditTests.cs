using System.Data.Common;
using IptCloud.Data.Audit;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Jobs.Audit;

/// <summary>Writing, sealing and checking, on each database.</summary>
public abstract class AuditTests
{
    protected abstract Task<Post> PostAsync();

    /// <summary>Lets the most powerful login change what is append-only, as an attacker with the server's own rights would.</summary>
    protected abstract Task TamperAsync(Post post, string sql);

    private static AuditLog Log(Post post) => post.Get<AuditLog>();

    private static AuditEntry Entry(Post post, DateTimeOffset? at = null, AuditAction? action = null) =>
        AuditEntry.New(post.Network, at ?? TimeProvider.System.GetUtcNow(), AuditActor.Of(Actor.Of(post.Therapist, Roles.Therapist, post.Clinic), Guid.NewGuid()), action ?? AuditActions.Course, AuditOutcome.Done, post.Client) with
        {
            Course = post.Course, Subject = Guid.NewGuid(), Origin = "::1", Session = "s", Detail = "courses/{Id}",
        };

    /// <summary>So many entries, written in order and sealed.</summary>
    private static async Task<List<AuditEntry>> SealedAsync(Post post, int count)
    {
        List<AuditEntry> entries = [];
        for (var i = 0; i < count; i++)
        {
            entries.Add(Entry(post));
            await Log(post).WriteAsync(entries[^1]);
        }

        Assert.Equal(count, await post.Get<AuditSealer>().SealAsync());
        // Within one millisecond, ids are in no order of their own.
        return [.. entries.OrderBy(e => e.Id.ToString("N"), StringComparer.Ordinal)];
    }

    [Fact]
    public async Task What_was_written_is_read_again_as_it_was()
    {
        await using var post = await PostAsync();
        var entry = Entry(post) with { Clients = [post.Client, new(Guid.NewGuid())] };
        await Log(post).WriteAsync(entry);

        var read = Assert.Single((await post.Get<AuditTrail>().PageAsync(post.Network, new(), null, 10)).Entries);

        Assert.Equal(AuditChain.Digest(entry), AuditChain.Digest(read));
        Assert.Equal(entry.Clients.Order(Comparer<ClientId>.Create((a, b) => a.Value.CompareTo(b.Value))), read.Clients.Order(Comparer<ClientId>.Create((a, b) => a.Value.CompareTo(b.Value))));
    }

    [Fact]
    public async Task A_filter_finds_by_person_client_kind_and_time_and_pages_by_key()
    {
        await using var post = await PostAsync();
        var day = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var other = new ClientId(Guid.NewGuid());
        var entries = Enumerable.Range(0, 7).Select(i => Entry(post, day.AddDays(i))).ToList();
        entries.Add(Entry(post, day.AddDays(7), AuditActions.SignIn) with { Clients = [], Actor = AuditActor.Of(Actor.Of(new(Guid.NewGuid()), Roles.Admin) with { OnBehalfOf = post.Therapist }) });
        entries.Add(Entry(post, day.AddDays(8), AuditActions.MyDay) with { Clients = [other, post.Client], Actor = AuditActor.Nobody });
        await Log(post).WriteAsync(entries);
        var trail = post.Get<AuditTrail>();
        async Task<string> Find(AuditFilter filter) => string.Join(' ', (await trail.PageAsync(post.Network, filter, null, 100)).Entries.Select(e => entries.FindIndex(x => x.Id == e.Id)));

        Assert.Equal("8 7 6 5 4 3 2 1 0", await Find(new()));
        Assert.Equal("7 6 5 4 3 2 1 0", await Find(new(Member: post.Therapist)));
        Assert.Equal("8", await Find(new(Client: other)));
        Assert.Equal("8 6 5 4 3 2 1 0", await Find(new(Client: post.Client)));
        Assert.Equal("7", await Find(new(Group: AuditGroup.SignIn)));
        Assert.Equal("3 2", await Find(new(From: day.AddDays(2), Until: day.AddDays(4))));

        List<Guid> paged = [];
        Guid? before = null;
        do
        {
            var page = await trail.PageAsync(post.Network, new(), before, 2);
            Assert.InRange(page.Entries.Length, 1, 2);
            paged.AddRange(page.Entries.Select(e => e.Id));
            before = page.Next;
        }
        while (before is not null);
        Assert.Equal(entries.Select(e => e.Id).Reverse(), paged);
    }

    [Fact]
    public async Task Entries_left_by_a_crash_before_sealing_are_sealed_later_and_none_twice()
    {
        await using var post = await PostAsync();
        for (var i = 0; i < 30; i++) await Log(post).WriteAsync(Entry(post));
        await Log(post).WriteAsync(AuditEntry.New(AuditEntry.Platform, TimeProvider.System.GetUtcNow(), AuditActor.Nobody, AuditActions.SignIn, AuditOutcome.Denied));

        // As a process would find it that starts after a crash: unsealed.
        Assert.Equal(0, (await post.Get<AuditVerifier>().VerifyAsync(post.Network)).Links);
        Assert.Equal(31, await post.Get<AuditSealer>().SealAsync());
        Assert.Equal(0, await post.Get<AuditSealer>().SealAsync());
        await Log(post).WriteAsync(Entry(post));
        Assert.Equal(1, await post.Get<AuditSealer>().SealAsync());

        var report = await post.Get<AuditVerifier>().VerifyAsync(post.Network);
        Assert.Equal((31, (BrokenLink?)null), (report.Links, report.Broken));
        Assert.Equal(1, (await post.Get<AuditVerifier>().VerifyAsync(AuditEntry.Platform)).Links);
    }

    [Fact]
    public async Task Sealers_at_the_same_time_make_one_chain()
    {
        await using var post = await PostAsync();
        var entries = Enumerable.Range(0, 1200).Select(_ => Entry(post)).ToList();
        foreach (var piece in entries.Chunk(200)) await Log(post).WriteAsync(piece);
        var sealer = post.Get<AuditSealer>();

        var counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => sealer.SealAsync())));
        var rest = await sealer.SealAsync();

        Assert.Equal(1200, counts.Sum() + rest);
        Assert.Equal((1200, null), (await post.Get<AuditVerifier>().VerifyAsync(post.Network)) is var r ? (r.Links, r.Broken) : default);
    }

    [Theory]
    [InlineData("update audit_entries set action='sign-in' where entry_id={1}", AuditFault.ChangedEntry)]
    [InlineData("update audit_entries set member_id=null where entry_id={1}", AuditFault.ChangedEntry)]
    [InlineData("delete from audit_entry_clients where entry_id={1}", AuditFault.ChangedEntry)]
    [InlineData("delete from audit_entries where entry_id={1}", AuditFault.MissingEntry)]
    [InlineData("delete from audit_chain where entry_id={1}", AuditFault.MissingLink)]
    [InlineData("update audit_chain set digest=hash where entry_id={1}", AuditFault.ReorderedLink)]
    [InlineData("update audit_chain set seq=-seq where entry_id in ({1},{2}); update audit_chain set seq=4 where seq=-3; update audit_chain set seq=3 where seq=-4", AuditFault.ReorderedLink)]
    public async Task The_first_broken_link_is_named(string change, AuditFault fault)
    {
        await using var post = await PostAsync();
        var entries = await SealedAsync(post, 6);
        var (third, fourth) = (entries[2], entries[3]);
        Assert.Null((await post.Get<AuditVerifier>().VerifyAsync(post.Network)).Broken);

        await TamperAsync(post, change.Replace("{1}", $"'{Text(third.Id)}'", StringComparison.Ordinal).Replace("{2}", $"'{Text(fourth.Id)}'", StringComparison.Ordinal));
        // As every minute.
        await post.Get<AuditSealer>().SealAsync();

        var broken = (await post.Get<AuditVerifier>().VerifyAsync(post.Network)).Broken;
        Assert.NotNull(broken);
        Assert.Equal((3, fault), (broken.Seq, broken.Fault));
        if (fault != AuditFault.MissingLink) Assert.Equal(change.Contains("{2}", StringComparison.Ordinal) ? fourth.Id : third.Id, broken.Entry);
    }

    [Fact]
    public async Task A_check_is_recorded_in_the_network_and_for_the_platform()
    {
        await using var post = await PostAsync();
        var entries = await SealedAsync(post, 3);
        var (verifier, trail) = (post.Get<AuditVerifier>(), post.Get<AuditTrail>());
        Assert.Null(await trail.LastCheckAsync(post.Network));

        Assert.Equal(0, await verifier.VerifyAndRecordAsync());
        Assert.Equal(AuditActions.ChainIntact.Code, (await trail.LastCheckAsync(post.Network))!.Action);
        await TamperAsync(post, $"update audit_entries set origin='10.0.0.1' where entry_id='{Text(entries[1].Id)}'");

        post.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await verifier.VerifyAndRecordAsync());
        var found = (await trail.LastCheckAsync(post.Network))!;
        Assert.Equal((AuditActions.ChainBroken.Code, entries[1].Id, nameof(AuditFault.ChangedEntry)), (found.Action, found.Subject, found.Detail));
        var all = (await trail.LastCheckAsync(AuditEntry.Platform))!;
        Assert.Equal((AuditActions.ChainBroken.Code, "1/2"), (all.Action, all.Detail));
    }

    [Theory]
    [InlineData("update audit_entries set origin='x'")]
    [InlineData("delete from audit_entries")]
    [InlineData("update audit_entry_clients set client_id=client_id")]
    [InlineData("delete from audit_entry_clients")]
    [InlineData("update audit_chain set hash='x'")]
    [InlineData("delete from audit_chain")]
    public async Task Nobody_changes_or_deletes(string sql)
    {
        await using var post = await PostAsync();
        await SealedAsync(post, 2);
        foreach (var role in Enum.GetValues<DatabaseRole>())
        {
            await using var db = post.Get<Databases>().Make(role, post.Network);
            await db.TakeTurnAsync(default);
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());
        }

        Assert.Equal((2, null), (await post.Get<AuditVerifier>().VerifyAsync(post.Network)) is var r ? (r.Links, r.Broken) : default);
    }

    [Fact]
    public async Task Another_networks_entries_are_not_read()
    {
        await using var post = await PostAsync();
        await Log(post).WriteAsync(Entry(post));

        Assert.Empty((await post.Get<AuditTrail>().PageAsync(new(Guid.NewGuid()), new(), null, 10)).Entries);
    }

    /// <summary>As the database stores it.</summary>
    protected virtual string Text(Guid id) => id.ToString();
}

public sealed class SqliteAuditTests : AuditTests
{
    private static readonly string[] tables = ["audit_entries", "audit_entry_clients", "audit_chain"];
    private static readonly string[] changes = ["update", "delete"];

    protected override Task<Post> PostAsync() => Post.OnSqliteAsync();

    protected override string Text(Guid id) => id.ToString().ToUpperInvariant();

    protected override Task TamperAsync(Post post, string sql) => post.WriteAsync(async db =>
    {
        string[] triggers = [.. from t in tables from c in changes select $"drop trigger if exists {t}_no_{c}"];
        await db.Database.OpenConnectionAsync();
        foreach (var statement in triggers.Append(sql))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }

        return true;
    });
}

[Trait("Needs", "postgres")]
public sealed class PostgresAuditTests : AuditTests
{
    protected override Task<Post> PostAsync() => Post.OnPostgresAsync(TestContext.Current.CancellationToken);

    protected override async Task TamperAsync(Post post, string sql)
    {
        await using var connection = await post.Get<PostgresDatabases>().Owner.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "set session_replication_role = replica; " + sql;
        await command.ExecuteNonQueryAsync();
    }

    [Theory]
    [InlineData(DatabaseRole.App, "insert into audit_entries select * from audit_entries")]
    [InlineData(DatabaseRole.App, "select 1 from audit_chain")]
    [InlineData(DatabaseRole.Worker, "select 1 from audit_entries")]
    [InlineData(DatabaseRole.Directory, "select 1 from audit_entries")]
    [InlineData(DatabaseRole.Rebuild, "select 1 from audit_entries")]
    [InlineData(DatabaseRole.Audit, "select 1 from clients")]
    [InlineData(DatabaseRole.Audit, "select 1 from journal")]
    [InlineData(DatabaseRole.Audit, "select 1 from networks")]
    [InlineData(DatabaseRole.Audit, "select 1 from directory.memberships")]
    [InlineData(DatabaseRole.Audit, "truncate audit_chain")]
    [InlineData(DatabaseRole.Owner, "truncate audit_entries")]
    public async Task A_login_may_do_no_more_than_its_work(DatabaseRole role, string sql)
    {
        await using var post = await PostAsync();
        await using var connection = await post.Get<PostgresDatabases>().Source(role).OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;

        Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }
}
