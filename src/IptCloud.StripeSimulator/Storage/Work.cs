using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Fixtures;
using Microsoft.Data.Sqlite;

namespace IptCloud.StripeSimulator.Storage;

/// <summary>One transaction's view: each object is read once and is the same instance until the end.</summary>
internal sealed class Work(
    SqliteConnection connection, SqliteTransaction transaction, TimeProvider clock, Uri site, bool cancelAfterLastTry)
{
    private readonly Dictionary<string, JsonObject> known = [];
    private readonly Dictionary<string, long> moving = [];

    /// <summary>The simulator's own origin, which its pages are below.</summary>
    public Uri Site { get; } = site;

    public bool CancelAfterLastTry { get; } = cancelAfterLastTry;

    public string? RequestId { get; set; }

    public string? IdempotencyKey { get; set; }

    /// <summary>Real time in Unix seconds, however far the simulator's clock was moved.</summary>
    public long RealNow => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The time in Unix seconds: of a test clock, or of the simulator.</summary>
    public long Now(string? testClock = null)
    {
        if (moving.TryGetValue(testClock ?? "", out var at)) return at;
        return testClock is null ? RealNow + Offset : Get(testClock, "test_helpers.test_clock").Number("frozen_time")!.Value;
    }

    public long NowOf(JsonObject json) => Now(json.Text("test_clock"));

    /// <summary>While a clock moves over what is due, it stands still at each such moment.</summary>
    public void Stand(string? testClock, long? at)
    {
        if (at is { } moment) moving[testClock ?? ""] = moment;
        else moving.Remove(testClock ?? "");
    }

    public long Offset
    {
        get => long.Parse(Setting("offset") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        set => Setting("offset", value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public JsonObject New(string kind, string prefix, string? testClock = null)
    {
        var fresh = Fixture.New(kind);
        fresh["id"] = NewId(prefix);
        if (fresh.ContainsKey("created")) fresh["created"] = Now(testClock);
        if (fresh.ContainsKey("test_clock")) fresh["test_clock"] = testClock;
        if (fresh.ContainsKey("metadata")) fresh["metadata"] = new JsonObject();
        return fresh;
    }

    public static string NewId(string prefix) =>
        $"{prefix}_{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 24)}";

    public JsonObject? Find(string id)
    {
        if (known.TryGetValue(id, out var json)) return json;
        return Read("select json from objects where id = $id", ("$id", id)).FirstOrDefault();
    }

    public JsonObject Get(string? id, string kind, string? param = null) =>
        id is not null && Find(id) is { } found && found.Kind() == kind && !found.IsDeleted()
            ? found
            : throw StripeErrorException.Missing(kind, id ?? "", param);

    public JsonObject Save(JsonObject json)
    {
        known[json.Id()] = json;
        Execute("""
            insert into objects (id, kind, customer, clock, created, due, json) values ($id, $kind, $customer, $clock, $created, $due, $json)
            on conflict (id) do update set customer = $customer, clock = $clock, due = $due, json = $json
            """,
            ("$id", json.Id()), ("$kind", json.Kind()), ("$customer", json.Text("customer")),
            ("$clock", json.Text("test_clock")), ("$created", json.Number("created") ?? Now()), ("$due", Due.Of(json)),
            ("$json", json.ToJsonString()));
        return json;
    }

    /// <summary>All objects of a kind, the newest first.</summary>
    public IReadOnlyList<JsonObject> All(string kind, string? customer = null) => Read(
        "select json from objects where kind = $kind and ($customer is null or customer = $customer) order by seq desc",
        ("$kind", kind), ("$customer", customer));

    public (JsonObject Json, long At)? NextDue(string? testClock, long until)
    {
        using var command = Command(
            "select json, due from objects where due <= $until and clock is $clock order by due, seq limit 1",
            ("$until", until), ("$clock", testClock));
        using var reader = command.ExecuteReader();
        return reader.Read() ? (Known(reader.GetString(0)), reader.GetInt64(1)) : null;
    }

    public void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public string? Setting(string name) =>
        Query("select value from settings where name = $name", row => row.GetString(0), ("$name", name)).FirstOrDefault();

    public void Setting(string name, string value) =>
        Execute("insert into settings values ($name, $value) on conflict (name) do update set value = $value", ("$name", name), ("$value", value));

    /// <summary>Remembers this moment of the transaction.</summary>
    public void Mark() => transaction.Save("mark");

    /// <summary>Forgets what was written and read since the mark.</summary>
    public void BackToMark()
    {
        transaction.Rollback("mark");
        known.Clear();
        moving.Clear();
    }

    private List<JsonObject> Read(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Query(sql, row => Known(row.GetString(0)), values);

    private JsonObject Known(string text)
    {
        var json = (JsonObject)JsonNode.Parse(text)!;
        if (known.TryGetValue(json.Id(), out var same)) return same;
        return known[json.Id()] = json;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
