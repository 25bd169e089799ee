using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace IptCloud.Data.Storage;

/// <summary>
/// Moves everything of an embedded installation into an empty PostgreSQL database, as it is stored: what is sealed stays
/// sealed. All of it or nothing: one transaction of the owner, who for that time is not bound by the row policies.
/// </summary>
public static class EmbeddedImport
{
    // What a simulated payment service said is of no use to a real one.
    private static readonly string[] Billing = ["subscriptions", "billing_customers", "seat_outbox", "invoices", "seat_checks", "billing_events"];

    // Made by the migration of the empty database; the installation brings its own.
    private static readonly string[] Made = ["identity_data_protection_keys", "server_keys"];

    /// <summary>Copies.</summary>
    /// <param name="source">The SQLite file, which nobody else writes to meanwhile.</param>
    /// <param name="withBilling">False: networks arrive as if they had never subscribed.</param>
    /// <returns>Rows by table.</returns>
    /// <exception cref="InvalidOperationException">The target is not empty.</exception>
    public static async Task<IReadOnlyDictionary<string, long>> CopyAsync(Databases source, PostgresDatabases target, bool withBilling, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        await using var from = source.Make(DatabaseRole.Directory);
        await using var to = target.Make(DatabaseRole.Owner);
        await using var reading = await from.Database.BeginTransactionAsync(ct);
        await using var writing = await to.Database.BeginTransactionAsync(ct);
        var connection = (NpgsqlConnection)to.Database.GetDbConnection();
        var tables = InOrder(to.Model.GetRelationalModel().Tables);
        await RunAsync(connection, $"lock table {string.Join(',', tables.Select(Name))} in access exclusive mode", ct);
        var bound = await ColumnAsync(connection, "select oid::regclass::text from pg_class where relforcerowsecurity", ct);
        foreach (var table in bound) await RunAsync(connection, $"alter table {table} no force row level security", ct);
        foreach (var table in tables.Where(t => Made.Contains(t.Name))) await RunAsync(connection, $"delete from {Name(table)}", ct);

        SortedDictionary<string, long> rows = new(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            if ((await ColumnAsync(connection, $"select 1::text from {Name(table)} limit 1", ct)).Count > 0) throw new InvalidOperationException($"The database is not empty: there are rows in {table.Name}.");
            if (!withBilling && Billing.Contains(table.Name)) continue;
            rows[table.Name] = table.Columns.Any(c => c.StoreType == "jsonb") ? await PasskeysAsync(from, to, ct) : await CopyAsync(from.Database.GetDbConnection(), connection, table, ct);
        }

        foreach (var next in await ColumnAsync(connection, "select format('select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) from %I.%I', table_schema || '.' || table_name, column_name, column_name, table_schema, table_name) from information_schema.columns where is_identity = 'YES' and table_schema in ('public', 'directory')", ct))
            await RunAsync(connection, next, ct);
        foreach (var table in bound) await RunAsync(connection, $"alter table {table} force row level security", ct);
        await writing.CommitAsync(ct);
        return rows;
    }

    private static async Task<long> CopyAsync(DbConnection from, NpgsqlConnection to, ITable table, CancellationToken ct)
    {
        var columns = table.Columns.ToList();
        var names = string.Join(',', columns.Select(c => c.Name));
        await using var command = from.CreateCommand();
#pragma warning disable CA2100 // the model's own names
        command.CommandText = $"select {names} from {table.Name}";
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(ct);
        await using var copy = await to.BeginBinaryImportAsync($"copy {Name(table)} ({names}) from stdin (format binary)", ct);
        while (await rows.ReadAsync(ct))
        {
            await copy.StartRowAsync(ct);
            for (var i = 0; i < columns.Count; i++)
                if (await rows.IsDBNullAsync(i, ct)) await copy.WriteNullAsync(ct);
                else await WriteAsync(copy, rows.GetValue(i), columns[i].StoreType, ct);
        }

        return (long)await copy.CompleteAsync(ct);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object value, string type, CancellationToken ct) => type switch
    {
        "uuid" => copy.WriteAsync(Guid.Parse((string)value), type, ct),
        "bigint" => copy.WriteAsync(Convert.ToInt64(value, CultureInfo.InvariantCulture), type, ct),
        "integer" => copy.WriteAsync(Convert.ToInt32(value, CultureInfo.InvariantCulture), type, ct),
        "boolean" => copy.WriteAsync(Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0, type, ct),
        "bytea" => copy.WriteAsync((byte[])value, type, ct),
        _ when type == "text" || type.StartsWith("character varying", StringComparison.Ordinal) => copy.WriteAsync((string)value, "text", ct),
        _ => throw new NotSupportedException($"Nothing is known of columns of the type {type}."),
    };

    /// <summary>The two databases write bytes inside JSON each in their own way, so that these go through the model.</summary>
    private static async Task<long> PasskeysAsync(IptCloudDb from, IptCloudDb to, CancellationToken ct)
    {
        var passkeys = await from.Set<IdentityUserPasskey<Guid>>().AsNoTracking().ToListAsync(ct);
        to.AddRange(passkeys);
        await to.SaveChangesAsync(ct);
        return passkeys.Count;
    }

    /// <summary>Each after those that it refers to.</summary>
    private static List<ITable> InOrder(IEnumerable<ITable> tables)
    {
        List<ITable> done = [], left = [.. tables.OrderBy(t => t.Name, StringComparer.Ordinal)];
        while (left.Count > 0)
        {
            var next = left.First(t => t.ForeignKeyConstraints.All(f => f.PrincipalTable == t || done.Contains(f.PrincipalTable)));
            left.Remove(next);
            done.Add(next);
        }

        return done;
    }

    private static string Name(ITable table) => $"\"{table.Schema ?? "public"}\".\"{table.Name}\"";

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // names of the model and of the catalogue
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<string>> ColumnAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // names of the model only
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(ct);
        List<string> found = [];
        while (await rows.ReadAsync(ct)) found.Add(rows.GetString(0));
        return found;
    }
}
