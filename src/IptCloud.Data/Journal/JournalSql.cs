using System.Data.Common;
using IptCloud.Data.Messages;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Journal;

/// <summary>The statements that both databases understand.</summary>
internal static class JournalSql
{
    public static string Names(Table table) => string.Join(',', table.Columns.Select(c => c.Name));

    public static string OnConflict(Table table) => table.Write switch
    {
        WriteKind.Upsert => $" on conflict({string.Join(',', table.Key.Select(c => c.Name))}) do update set {string.Join(',', table.Columns.Skip(table.KeyLength).Select(c => $"{c.Name}=excluded.{c.Name}"))}",
        WriteKind.Once => " on conflict do nothing",
        _ => "",
    };

    public static string Select(string network, string kind, string stream, string after) =>
        $"select seq,event_id,type,version,payload,occurred_at,recorded_at,actor,on_behalf_of,command_id,key_version from journal where network_id={network} and stream_kind={kind} and stream_id={stream} and seq>{after} order by seq";

    public static string FindCommand(string network, string kind, string stream, string command) =>
        $"select seq from journal where network_id={network} and stream_kind={kind} and stream_id={stream} and command_id={command}";

    public static string Withdraw(string network, string course) =>
        $"update message_outbox set state='{OutboxStates.Withdrawn}',detail='the course withdrew it' where network_id={network} and course_id={course} and recipient is null and state='{OutboxStates.Pending}'";

    public static List<StoredEvent> Read(DbDataReader rows)
    {
        List<StoredEvent> events = [];
        while (rows.Read())
        {
            var command = rows.IsDBNull(9) ? (CommandId?)null : new(rows.GetGuid(9));
            var meta = EventRegistry.Meta(DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(5)), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(6)), rows.GetString(7), rows.IsDBNull(8) ? null : new MemberId(rows.GetGuid(8)), command);
            events.Add(new(rows.GetInt64(0), rows.GetGuid(1), rows.GetString(2), rows.GetInt32(3), rows.GetFieldValue<byte[]>(4), rows.GetInt32(10), meta));
        }

        return events;
    }
}
