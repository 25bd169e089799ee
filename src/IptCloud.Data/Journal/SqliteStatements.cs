using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IptCloud.Data.Journal;

/// <summary>
/// The journal's own connection with its statements, prepared once. Values are bound by position, without a parameter
/// object each: that halves what a row costs.
/// </summary>
internal sealed class SqliteStatements : IDisposable
{
    /// <summary>Keys are random, so appends touch pages all over the indexes: with SQLite's 2 MiB they would be read again and again. Not more, because SQLite looks through all of it after a page was split.</summary>
    private const int CacheKibibytes = 16_384;

    /// <summary>16 MiB: a page that many commits touch is copied into the file once for all of them. After a crash so much is read again, in some hundredths of a second.</summary>
    private const int PagesPerCheckpoint = 4_096;

    private const int BusyMilliseconds = 30_000;

    /// <summary>The mark of a statement that writes whole rows; any other is the set of columns that it updates, none of them: it deletes.</summary>
    private const ulong WholeRow = ulong.MaxValue;

    private readonly SqliteConnection connection;
    private readonly Dictionary<(Table, ulong Columns), sqlite3_stmt> byTable = [];
    private readonly Dictionary<string, sqlite3_stmt> bySql = [];

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public SqliteStatements(string connectionString)
    {
        connection = new(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        // Other processes may write too, such as a rebuild: SQLite itself waits for them.
        raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
        foreach (var pragma in (string[])["journal_mode=wal", "synchronous=full", $"cache_size=-{CacheKibibytes}", $"wal_autocheckpoint={PagesPerCheckpoint}"]) Run($"pragma {pragma}");
    }

    /// <summary>Executes a statement of constant text.</summary>
    public void Run(string sql, params ReadOnlySpan<object?> values)
    {
        if (!bySql.TryGetValue(sql, out var statement)) bySql[sql] = statement = Prepare(sql);
        for (var i = 0; i < values.Length; i++) Bind(statement, i + 1, values[i]);
        Step(statement);
    }

    /// <summary>Inserts a row, or replaces it where the table allows.</summary>
    public void Insert(Table table, object?[] row)
    {
        var statement = Of(table, WholeRow);
        for (var i = 0; i < row.Length; i++) Bind(statement, i + 1, row[i]);
        Step(statement);
    }

    /// <summary>
    /// Writes what differs, and nothing if it is not there: an index that none of the changed columns belongs to is left alone,
    /// which spares a page each.
    /// </summary>
    /// <returns>True if there was such a row.</returns>
    public bool Update(Table table, object?[] before, object?[] row)
    {
        var changed = 0UL;
        for (var i = table.KeyLength; i < row.Length; i++)
            if (!table.Columns[i].IsDerived || !Equals(before[i], row[i])) changed |= 1UL << i;
        if (changed == 0) return true;
        var statement = Of(table, changed);
        var position = 1;
        for (var i = table.KeyLength; i < row.Length; i++)
            if ((changed & (1UL << i)) != 0) Bind(statement, position++, row[i]);
        for (var i = 0; i < table.KeyLength; i++) Bind(statement, position++, row[i]);
        Step(statement);
        return raw.sqlite3_changes(connection.Handle) == 1;
    }

    /// <summary>Deletes the row with the key that <paramref name="row"/> begins with.</summary>
    public void Delete(Table table, object?[] row)
    {
        var statement = Of(table, 0);
        for (var i = 0; i < table.KeyLength; i++) Bind(statement, i + 1, row[i]);
        Step(statement);
    }

    public void Dispose()
    {
        foreach (var statement in byTable.Values) statement.Dispose();
        foreach (var statement in bySql.Values) statement.Dispose();
        connection.Dispose();
    }

    private sqlite3_stmt Of(Table table, ulong columns)
    {
        if (byTable.TryGetValue((table, columns), out var known)) return known;
        var key = string.Join(" and ", table.Key.Select(c => $"{c.Name}=?"));
        return byTable[(table, columns)] = Prepare(columns switch
        {
            WholeRow => $"insert into {table.Name}({JournalSql.Names(table)}) values({string.Join(',', table.Columns.Select(_ => "?"))}){JournalSql.OnConflict(table)}",
            0 => $"delete from {table.Name} where {key}",
            _ => $"update {table.Name} set {string.Join(',', table.Columns.Where((_, i) => (columns & (1UL << i)) != 0).Select(c => $"{c.Name}=?"))} where {key}",
        });
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement));
        return statement;
    }

    private void Step(sqlite3_stmt statement)
    {
        int code;
        while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW) { }

        try
        {
            if (code != raw.SQLITE_DONE) Check(code);
        }
        finally
        {
            raw.sqlite3_reset(statement); // says the same again, or nothing
        }
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection.Handle);

    /// <summary>As Microsoft.Data.Sqlite stores it, which reads it.</summary>
    private static void Bind(sqlite3_stmt statement, int position, object? value)
    {
        switch (value)
        {
            case null: raw.sqlite3_bind_null(statement, position); break;
            case long number: raw.sqlite3_bind_int64(statement, position, number); break;
            case byte[] bytes: raw.sqlite3_bind_blob(statement, position, bytes); break;
            case string text: raw.sqlite3_bind_text(statement, position, text); break;
            case Guid id:
                Span<byte> digits = stackalloc byte[36];
                id.TryFormat(digits, out _);
                Ascii.ToUpperInPlace(digits, out _);
                raw.sqlite3_bind_text(statement, position, digits);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "No column holds this type.");
        }
    }
}
