using IptCloud.Data.Storage;
using Npgsql;

namespace IptCloud.Grains.Tests.Networks;

/// <summary>
/// What the database's catalog says of its tables, policies, logins and grants (attacks 34 and 35). Every check is first
/// shown to find what it is there for.
/// </summary>
[Trait("Needs", "postgres")]
public sealed class CatalogTests : IAsyncLifetime
{
    private const string Ours = "n.nspname in ('public', 'directory')";
    private Neighbours both = null!;

    public async ValueTask InitializeAsync() => both = await Neighbours.CreateAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => both.DisposeAsync();

    /// <summary>Each check, and a statement that plants what it must find.</summary>
    public static TheoryData<string, string, string> Checks => new()
    {
        {
            "a table of networks without forced row-level security",
            $"select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'network_id' and not a.attisdropped where {Ours} and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)",
            "create table forgotten(network_id uuid)"
        },
        {
            "a table of networks without the app's policy",
            $"select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'network_id' and not a.attisdropped where {Ours} and c.relkind in ('r', 'p') and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'own_network')",
            "drop policy own_network on clients"
        },
        {
            "a table beside the networks that is not in the directory's schema",
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> '__EFMigrationsHistory' and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'network_id')",
            "create table stray(id uuid)"
        },
        { "a policy that does not check what is written", "select polname from pg_policy where polwithcheck is null and polcmd in ('*', 'a', 'w')", "create policy lax on clients to iptcloud_app using (true)" },
        { "a login that row-level security does not bind", "select rolname from pg_roles where rolname like 'iptcloud\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)", "" },
        { "a login that is a member of another role", "select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname like 'iptcloud\\_%'", "" },
        { "a login that owns a table", $"select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner where {Ours} and r.rolname like 'iptcloud\\_%'", "create table mine(network_id uuid); alter table mine owner to iptcloud_app" },
        { "a view that reads with its owner's rights", $"select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and {Ours} and not coalesce(c.reloptions::text like '%security_invoker=true%', false)", "create view peep as select * from clients" },
        { "a function that runs with its owner's rights", $"select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and {Ours}", "create function peep() returns bigint language sql security definer as 'select count(*) from clients'" },
        { "a login that may empty a table, or hang things onto it", "select grantee || ' ' || table_name from information_schema.role_table_grants where (grantee like 'iptcloud\\_%' or grantee = 'PUBLIC') and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER') and table_schema in ('public', 'directory')", "grant truncate on clients to iptcloud_app" },
        { "anything granted to everybody", "select table_name from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema in ('public', 'directory')", "grant select on clients to public" },
        {
            "a unique index of a table of networks that leaves the network out",
            $"select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where i.indisunique and n.nspname = 'public' and exists (select from pg_attribute where attrelid = i.indrelid and attname = 'network_id') and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'network_id' and a.attnum = any (i.indkey))",
            "create unique index loose on clients(client_id)"
        },
    };

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task There_is_no(string what, string check, string plant)
    {
        await using var connection = await both.Databases.Owner.OpenConnectionAsync();
        var before = await Neighbours.ListAsync(connection, check);
        Assert.True(before.Count == 0, $"There is {what}: {string.Join(", ", before)}");
        if (plant.Length == 0) return; // logins belong to the server that all tests share: nothing is planted there
        await Neighbours.RunAsync(connection, plant);
        Assert.NotEmpty(await Neighbours.ListAsync(connection, check));
    }

    [Fact]
    public async Task The_checks_see_every_table_of_the_model()
    {
        await using var connection = await both.Databases.Owner.OpenConnectionAsync();
        var seen = await Neighbours.ListAsync(connection, "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'network_id' and not a.attisdropped where n.nspname = 'public' and c.relkind in ('r', 'p')");
        Assert.Equal(both.Tables.Order(), seen.Order());
    }

    [Fact]
    public async Task Attack_35_a_table_that_a_migration_adds_gets_its_policy_or_is_found()
    {
        await both.RunAsync("create table added(network_id uuid)");
        await both.Databases.MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await both.CountAsync("select count(*) from pg_policy where polrelid = 'added'::regclass and polname = 'own_network'"));
        await using var connection = await both.OpenAsync(DatabaseRole.App, both.A);
        await Assert.ThrowsAsync<PostgresException>(() => Neighbours.ListAsync(connection, "select * from added")); // and nobody a grant
    }

    /// <summary>What a login must not do, though another may.</summary>
    [Theory]
    [InlineData("app", "insert into journal select * from journal")]
    [InlineData("app", "update journal set payload = payload")]
    [InlineData("app", "delete from journal")]
    [InlineData("app", "update note_drafts set payload = payload")]
    [InlineData("app", "delete from note_drafts")]
    [InlineData("app", "update course_cards set version = 0")]
    [InlineData("app", "select * from directory.identity_users")]
    [InlineData("app", "select * from directory.tokens")]
    [InlineData("journal", "select * from journal")]
    [InlineData("journal", "select payload from journal")]
    [InlineData("journal", "select * from clients")]
    [InlineData("journal", "select * from note_drafts")]
    [InlineData("journal", "update journal set payload = payload")]
    [InlineData("journal", "select * from directory.memberships")]
    [InlineData("worker", "select * from journal")]
    [InlineData("worker", "select * from clients")]
    [InlineData("worker", "select name from networks")]
    [InlineData("worker", "update message_outbox set client_id = client_id")]
    [InlineData("worker", "select * from directory.memberships")]
    [InlineData("directory", "select * from clients")]
    [InlineData("directory", "select * from members")]
    [InlineData("rebuild", "select * from clients")]
    [InlineData("rebuild", "update journal set payload = payload")]
    [InlineData("rebuild", "update message_outbox set state = 'pending'")]
    [InlineData("cluster", "select * from journal")]
    [InlineData("backup", "update note_drafts set payload = payload")]
    [InlineData("backup", "delete from clients")]
    [InlineData("backup", "insert into directory.memberships select * from directory.memberships")]
    public async Task A_login_may_not(string login, string statement)
    {
        await using var source = NpgsqlDataSource.Create(PostgresDatabases.Login(both.Databases.Owner.ConnectionString, login, 1));
        await using var connection = await source.OpenConnectionAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Neighbours.RunAsync(connection, statement));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
