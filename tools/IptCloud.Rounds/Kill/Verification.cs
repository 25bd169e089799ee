using System.Globalization;
using System.Text.RegularExpressions;
using IptCloud.Data.Journal;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Host;
using IptCloud.Host.Verbs;
using IptCloud.Rounds.Load;
using IptCloud.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Kill;

/// <summary>What is stored, against what was acknowledged.</summary>
internal sealed record Findings(int Acknowledged, int Lost, int Gaps, int Differences, int Events, int Sent, int Twice, int WithoutRow, int MaybeSent)
{
    public bool IsClean => Lost + Gaps + Differences + Twice + WithoutRow == 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"acknowledged {Acknowledged:N0}, lost {Lost}, gaps {Gaps}, derived rows that differ {Differences}, events {Events:N0}, messages sent {Sent}, sent twice {Twice}, sent without a row {WithoutRow}, maybe sent {MaybeSent}");
}

internal static partial class Verification
{
    public static async Task<Findings> RunAsync(string folder, string? postgres, SmtpSink? smtp, HashSet<string> acknowledged)
    {
        var launch = Launch.Parse(["--data", folder], name => name == "IPTCLOUD_POSTGRES" ? postgres : null);
        await using var services = Tools.Services(launch);
        await using var db = services.GetRequiredService<Databases>().Make(DatabaseRole.Owner, Site.Network);
        var events = await db.Journal.Select(j => new { j.StreamId, j.Seq, j.CommandId }).ToListAsync();
        var stored = events.Where(e => e.CommandId is not null).Select(e => $"ack {e.StreamId:N} {e.CommandId}").ToHashSet();
        var gaps = events.GroupBy(e => e.StreamId).Count(g => g.Max(e => e.Seq) != g.Count());
        var report = await services.GetRequiredService<Rebuild>().CheckAsync();
        foreach (var difference in report.Differences.Take(5)) Console.WriteLine(difference);
        var rows = (await db.Outbox.Select(o => new { o.MessageId, o.State }).ToListAsync()).ToDictionary(o => o.MessageId.ToString(), o => o.State);
        var sent = smtp is null ? InMailbox(launch.MailboxFolder) : [.. (await smtp.MessagesAsync()).Select(m => IdOf(m.Text))];
        SqliteConnection.ClearAllPools();
        return new(acknowledged.Count, acknowledged.Count(a => !stored.Contains(a)), gaps, report.Differences.Count, events.Count,
            sent.Count, sent.Count - sent.Distinct().Count(), sent.Count(id => !rows.ContainsKey(id)), rows.Values.Count(s => s == OutboxStates.MaybeSent));
    }

    /// <summary>File name = message id, so a message sent twice would be one file: count what the files say they are.</summary>
    private static List<string> InMailbox(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.eml").Select(f => IdOf(File.ReadAllText(f)))]
        : [];

    private static string IdOf(string message) => MessageId().Match(message) is { Success: true } m ? m.Groups[1].Value : "unknown";

    [GeneratedRegex("^Message-Id: <([0-9a-f]{32})", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex MessageId();
}
