using System.Text;
using IptCloud.Data.Audit;
using IptCloud.Data.Clients;
using IptCloud.Data.Courses;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Sessions;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Protocols;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace IptCloud.Grains.Tests.Keys;

/// <summary>Sealed records on every database: what a copy of it shows, keys that change while work goes on, keys that are gone.</summary>
public abstract class KeysContract : IAsyncLifetime
{
    private const string Canary = "Quetzalcoatlus";

    protected ClinicSite Site { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<ClinicSite> StartAsync();

    /// <summary>Everything that lies in the database, as raw as it can be had.</summary>
    protected abstract Task<byte[]> RawAsync();

    public async ValueTask InitializeAsync() => Site = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task No_text_lies_open_in_the_database()
    {
        var (key, client) = await CanariesAsync();
        Assert.Contains(Canary, (await Site.Get<ClientRecords>().FindAsync(Site.Network, client, Ct))!.Record.FullName, StringComparison.Ordinal);
        Assert.Contains(Canary, Encoding.UTF8.GetString(StateJson.Write((await Site.Course(key).ViewAsync(Site.Me))!.State)), StringComparison.Ordinal);
        Assert.False(Shows(await RawAsync(), Canary));
        var link = await Site.ReadAsync(db => db.Networks.SingleAsync());
        Assert.True((link.KeyVersion, link.LinkKey.Length) is (1, > 32));
    }

    [Fact]
    public async Task A_box_of_another_network_does_not_open_in_this_one()
    {
        var (_, mine) = await CanariesAsync();
        var (network, client) = await ElsewhereAsync("Northrop");
        var theirs = await ReadAsync(network, db => db.Clients.SingleAsync(c => c.ClientId == client));
        await Site.WriteAsync(db => db.Clients.Where(c => c.ClientId == mine).ExecuteUpdateAsync(u => u.SetProperty(c => c.Payload, theirs.Payload)));
        var failure = await Assert.ThrowsAsync<UnreadableException>(() => Site.Get<ClientRecords>().FindAsync(Site.Network, mine, Ct));
        Assert.DoesNotContain("Northrop", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains(mine.Value.ToString("N"), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_does_not_open_in_another_place_of_its_own_course()
    {
        var (key, _) = await CanariesAsync();
        var second = await Site.ReadAsync(db => db.Journal.SingleAsync(j => j.StreamId == key.Course.Value && j.Seq == 2));
        await Site.WriteAsync(db => db.Journal.Where(j => j.StreamId == key.Course.Value && j.Seq == 3).ExecuteUpdateAsync(u => u.SetProperty(j => j.Payload, second.Payload)));
        await Assert.ThrowsAsync<UnreadableException>(() => Site.Get<ICourseJournal>().ReadAsync(key, 0, Ct));
        await Assert.ThrowsAsync<UnreadableException>(() => Site.ReadAsync(db => Site.Get<CourseHistory>().LoadAsync(db, key, null, 100, Ct)));
    }

    [Fact]
    public async Task A_wrapped_key_moved_to_another_network_does_not_unwrap()
    {
        await CanariesAsync();
        var (network, client) = await ElsewhereAsync("Northrop");
        var theirs = await ReadAsync(network, db => db.NetworkKeys.SingleAsync());
        await Site.WriteAsync(db => db.NetworkKeys.ExecuteUpdateAsync(u => u.SetProperty(k => k.Wrapped, theirs.Wrapped)));
        await Assert.ThrowsAsync<UnreadableException>(async () => await Fresh().RingAsync(Site.Network, ct: Ct));
        Assert.NotNull(await Site.Get<ClientRecords>().FindAsync(network, client, Ct));
    }

    [Fact]
    public async Task Keys_are_rotated_and_rows_sealed_anew_while_everybody_works()
    {
        List<CourseKey> courses = [];
        for (var i = 0; i < 6; i++) courses.Add((await CanariesAsync()).Key);
        using CancellationTokenSource stop = new();
        var acknowledged = 0;
        var work = courses.ConvertAll(async key =>
        {
            await Task.Yield();
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                await Site.MustAsync(key, new ChooseFocus((FocusArea)(n % 4), $"{Canary} {n}"));
                Interlocked.Increment(ref acknowledged);
                Assert.NotEmpty(await Site.Get<ICourseJournal>().ReadAsync(key, 0, Ct));
            }
        });
        for (var version = 2; version <= 4; version++)
        {
            var before = acknowledged;
            Assert.Equal(version, await Site.Get<KeyRotation>().RotateAsync(Site.Network, Ct));
            if (version == 3) await Site.Get<KeyRotation>().RotateMasterAsync(Ct);
            await Site.Get<Reseal>().RunAsync(Site.Network, ct: Ct);
            while (acknowledged < before + 20 && !work.Exists(w => w.IsFaulted)) await Task.Yield();
        }

        await stop.CancelAsync();
        await Task.WhenAll(work);
        await Reseal(TimeSpan.Zero).RunAsync(Site.Network, ct: Ct);
        Assert.Equal([4], await Site.ReadAsync(db => db.Journal.Select(j => j.KeyVersion).Distinct().ToListAsync()));
        Assert.Equal(4, await Site.ReadAsync(db => db.NetworkKeys.CountAsync())); // too early to drop any

        var report = await Reseal(TimeSpan.FromMinutes(6)).RunAsync(Site.Network, ct: Ct);
        Assert.Equal(new ResealReport(0, 3, 0), report);
        Assert.Equal([4], await Site.ReadAsync(db => db.NetworkKeys.Select(k => k.Version).ToListAsync()));
        var check = await Site.Get<Rebuild>().CheckAsync(Ct);
        Assert.Empty(check.Differences);
        Assert.False(Shows(await RawAsync(), Canary));
    }

    [Fact]
    public async Task An_old_key_is_kept_while_a_row_needs_it()
    {
        var (_, client) = await CanariesAsync();
        var before = await Site.ReadAsync(db => db.Clients.SingleAsync(c => c.ClientId == client));
        await Site.Get<KeyRotation>().RotateAsync(Site.Network, Ct);
        // A process that was slow: its row comes with the old key when the run has passed that table.
        void Late(long rows)
        {
            if (rows != 3) return;
            using var db = Site.Get<Databases>().Make(DatabaseRole.Owner, Site.Network);
            db.Clients.Where(c => c.ClientId == client).ExecuteUpdate(u => u.SetProperty(c => c.Payload, before.Payload).SetProperty(c => c.KeyVersion, 1));
        }

        var report = await Reseal(TimeSpan.FromMinutes(6)).RunAsync(Site.Network, Late, Ct);
        Assert.Equal((0, 1), (report.Dropped, report.Waiting));
        Assert.NotNull(await Site.Get<ClientRecords>().FindAsync(Site.Network, client, Ct));
    }

    [Fact]
    public async Task A_run_that_was_broken_off_is_taken_up_again()
    {
        var (key, _) = await CanariesAsync();
        for (var n = 0; n < 210; n++) await Site.MustAsync(key, new ChooseFocus((FocusArea)(n % 4), $"{Canary} {n}"));
        await Site.Get<KeyRotation>().RotateAsync(Site.Network, Ct);
        long done = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => Site.Get<Reseal>().RunAsync(Site.Network, rows => { if ((done = rows) > 150) throw new OperationCanceledException(); }, Ct));
        var left = await Site.ReadAsync(db => db.Journal.CountAsync(j => j.KeyVersion == 1));
        Assert.True(left is > 0 and < 212, $"{left} left");
        Assert.Equal(left, (await Reseal(TimeSpan.Zero).RunAsync(Site.Network, ct: Ct)).Rows);
        Assert.Equal(0, await Site.ReadAsync(db => db.Journal.CountAsync(j => j.KeyVersion != 2)));
        Assert.Empty((await Site.Get<Rebuild>().CheckAsync(Ct)).Differences);
    }

    [Fact]
    public async Task What_was_never_sealed_is_read_and_then_sealed()
    {
        var (key, client) = await CanariesAsync();
        var ring = await Site.Get<NetworkKeys>().RingAsync(Site.Network, ct: Ct);
        foreach (var row in await Site.ReadAsync(db => db.Journal.ToListAsync()))
        {
            var text = ring.Open(Place.Event(row.StreamKind, row.StreamId, row.Seq), row.Payload, row.KeyVersion);
            await Site.WriteAsync(db => db.Journal.Where(j => j.StreamId == row.StreamId && j.Seq == row.Seq).ExecuteUpdateAsync(u => u.SetProperty(j => j.Payload, text).SetProperty(j => j.KeyVersion, 0)));
        }

        Assert.True(Shows(await RawAsync(), Canary));
        Assert.Empty((await Site.Get<Rebuild>().CheckAsync(Ct)).Differences);
        await Site.Get<Reseal>().RunAsync(Site.Network, ct: Ct);
        Assert.Equal([1], await Site.ReadAsync(db => db.Journal.Select(j => j.KeyVersion).Distinct().ToListAsync()));
        Assert.False(Shows(await RawAsync(), Canary));
        Assert.NotEmpty(await Site.Get<ICourseJournal>().ReadAsync(key, 0, Ct));
        Assert.NotNull(await Site.Get<ClientRecords>().FindAsync(Site.Network, client, Ct));
    }

    [Fact]
    public async Task An_erased_network_is_unreadable_within_a_minute_and_from_a_backup_as_well()
    {
        var (key, client) = await CanariesAsync();
        var (other, neighbour) = await ElsewhereAsync("Northrop");
        FakeTimeProvider clock = new();
        NetworkKeys host = new(Site.Get<Databases>(), Site.Get<IMasterKeys>(), Site.Get<OpenedKeys>(), clock);
        ClientRecords records = new(Site.Get<Databases>(), host, Site.Get<AuditWatch>());
        Assert.NotNull(await records.FindAsync(Site.Network, client, Ct));
        var backup = await Site.ReadAsync(db => db.NetworkKeys.AsNoTracking().SingleAsync());

        Assert.Equal(1, await Site.Get<KeyRotation>().EraseAsync(Site.Network, Ct));

        clock.Advance(NetworkKeys.Remembered);
        await Assert.ThrowsAsync<NetworkErasedException>(() => records.FindAsync(Site.Network, client, Ct));
        await Assert.ThrowsAsync<NetworkErasedException>(() => records.AddAsync(Site.Network, new(Guid.NewGuid()), ClientNamed("X"), Ct));
        await Fresh().AddAsync(Site.Network, Ct);
        await Fresh().PrepareAsync(Ct);
        await Assert.ThrowsAsync<NetworkErasedException>(async () => await Fresh().RingAsync(Site.Network, ct: Ct));
        await Assert.ThrowsAsync<NetworkErasedException>(() => Site.Get<KeyRotation>().RotateAsync(Site.Network, Ct));
        Assert.Equal(1, (await new Rebuild(Site.Get<Databases>(), host).CheckAsync(Ct)).Erased);
        Assert.NotNull(await records.FindAsync(other, neighbour, Ct));

        // Yesterday's backup brings the wrapped key back.
        await Site.WriteAsync(db => db.NetworkKeys.ExecuteUpdateAsync(u => u.SetProperty(k => k.Wrapped, backup.Wrapped)));
        await Assert.ThrowsAsync<NetworkErasedException>(async () => await Fresh().RingAsync(Site.Network, ct: Ct));
        Assert.False(Shows(await RawAsync(), Canary));
        Assert.NotEqual(default, key);
    }

    [Fact]
    public async Task A_new_master_key_leaves_records_untouched()
    {
        var (_, client) = await CanariesAsync();
        var before = await Site.ReadAsync(db => db.Clients.AsNoTracking().SingleAsync(c => c.ClientId == client));
        var old = (await Site.ReadAsync(db => db.NetworkKeys.AsNoTracking().SingleAsync())).MasterKey;
        Assert.Equal(1, await Site.Get<KeyRotation>().RotateMasterAsync(Ct));
        Assert.NotEqual(old, (await Site.ReadAsync(db => db.NetworkKeys.AsNoTracking().SingleAsync())).MasterKey);
        Assert.Equal(before.Payload, (await Site.ReadAsync(db => db.Clients.AsNoTracking().SingleAsync(c => c.ClientId == client))).Payload);
        Assert.NotNull(await new ClientRecords(Site.Get<Databases>(), Fresh(), Site.Get<AuditWatch>()).FindAsync(Site.Network, client, Ct));
    }

    private NetworkKeys Fresh() => new(Site.Get<Databases>(), Site.Get<IMasterKeys>(), Site.Get<OpenedKeys>(), TimeProvider.System);

    /// <summary>The same run, so much later.</summary>
    private Reseal Reseal(TimeSpan later)
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow() + later);
        return new(Site.Get<Databases>(), Site.Get<NetworkKeys>(), clock);
    }

    private static Domain.Clients.ClientRecord ClientNamed(string name) => new("Ada", name, "Europe/London", "en-GB", $"{name}@example.org", true, null, false, true);

    /// <summary>A course with the canary in everything that can be typed, by the commands of real use.</summary>
    private async Task<(CourseKey Key, ClientId Client)> CanariesAsync()
    {
        var client = new ClientId(Guid.NewGuid());
        await Site.Get<ClientRecords>().AddAsync(Site.Network, client, ClientNamed(Canary), Ct);
        var key = Site.NewCourse();
        await Site.MustAsync(key, new ReferCourse(client, Site.Therapist, Site.Clinic, "ipt-16", 1, $"Low mood, says {Canary}"));
        await Site.MustAsync(key, new StartCourse());
        await Site.MustAsync(key, new RecordPerson(new(new(Guid.NewGuid()), Canary, "Mother", 1, 2, RelationQuality.Strained, null, Canary, Canary), null));
        await Site.MustAsync(key, new SetHomework(new(Guid.NewGuid()), null, Canary, $"Write to {Canary}", new(2026, 1, 14), true));
        await Site.MustAsync(key, new HoldCourse($"Away with {Canary}"));
        await Site.MustAsync(key, new ResumeCourse());
        await Site.Get<NoteDrafts>().SaveAsync(Site.Network, key.Course, new(Guid.NewGuid()), Site.Therapist, new($"{Canary} came late", "", 0, 0), Site.Clock.GetUtcNow(), Ct);
        return (key, client);
    }

    private async Task<(NetworkId Network, ClientId Client)> ElsewhereAsync(string name)
    {
        var (network, client) = (new NetworkId(Guid.NewGuid()), new ClientId(Guid.NewGuid()));
        await using (var db = Site.Get<Databases>().Make(DatabaseRole.App, network))
        {
            db.Networks.Add(await Site.Get<NetworkKeys>().FoundAsync(new() { NetworkId = network, Name = "Elsewhere", Policy = "{}" }, Ct));
            await db.SaveChangesAsync(Ct);
        }

        await Site.Get<ClientRecords>().AddAsync(network, client, ClientNamed(name), Ct);
        return (network, client);
    }

    private async Task<T> ReadAsync<T>(NetworkId network, Func<IptCloudDb, Task<T>> read)
    {
        await using var db = await Site.Get<Databases>().ReadAsync(network, Ct);
        return await read(db);
    }

    /// <summary>As it was typed, or as PostgreSQL prints bytes.</summary>
    private static bool Shows(byte[] raw, string text) =>
        raw.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || raw.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)))) >= 0;
}

public sealed class SqliteKeysTests : KeysContract
{
    protected override Task<ClinicSite> StartAsync() => ClinicSite.OnSqliteAsync();

    /// <summary>The file and its write-ahead log, byte by byte.</summary>
    protected override Task<byte[]> RawAsync()
    {
        using var db = Site.Get<Databases>().Make(DatabaseRole.App);
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        return Task.FromResult<byte[]>([.. Bytes(file), .. Bytes(file + "-wal")]);
    }

    private static byte[] Bytes(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

[Trait("Needs", "postgres")]
public sealed class PostgresKeysTests : KeysContract
{
    protected override Task<ClinicSite> StartAsync() => ClinicSite.OnPostgresAsync(TestContext.Current.CancellationToken);

    /// <summary>Every row of every table, as the superuser sees it.</summary>
    protected override async Task<byte[]> RawAsync()
    {
        await using var connection = await Site.Get<PostgresDatabases>().Owner.OpenConnectionAsync();
        List<string> tables = [];
        await using (Npgsql.NpgsqlCommand list = new("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')", connection))
        await using (var rows = await list.ExecuteReaderAsync())
            while (await rows.ReadAsync()) tables.Add(rows.GetString(0));
        Assert.True(tables.Count > 20, $"{tables.Count} tables");
        StringBuilder all = new();
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // the catalog's own names
            await using Npgsql.NpgsqlCommand dump = new($"select coalesce(string_agg(t::text, ' '), '') from {table} t", connection);
#pragma warning restore CA2100
            all.Append((string)(await dump.ExecuteScalarAsync())!);
        }

        return Encoding.UTF8.GetBytes(all.ToString());
    }

    [Theory]
    [InlineData("reseal", "select type from journal")]
    [InlineData("reseal", "select wrapped from network_keys")]
    [InlineData("reseal", "update journal set type = 'x'")]
    [InlineData("reseal", "delete from journal")]
    [InlineData("reseal", "insert into clients select * from clients")]
    [InlineData("reseal", "select name from networks")]
    [InlineData("keys", "select payload from clients")]
    [InlineData("keys", "select payload from journal")]
    [InlineData("keys", "select link_key from networks")]
    [InlineData("app", "update network_keys set wrapped = null")]
    [InlineData("app", "delete from network_keys")]
    [InlineData("worker", "select wrapped from network_keys")]
    [InlineData("journal", "select wrapped from network_keys")]
    [InlineData("directory", "select wrapped from network_keys")]
    public async Task Each_login_is_held_to_its_part(string login, string statement)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(PostgresDatabases.Login(Site.Get<PostgresDatabases>().Owner.ConnectionString, login, 1));
#pragma warning disable CA2100 // from the rows above
        await using var command = source.CreateCommand(statement);
#pragma warning restore CA2100
        Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }
}
