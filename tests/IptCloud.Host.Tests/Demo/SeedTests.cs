using IptCloud.Data.Clients;
using IptCloud.Data.Courses;
using IptCloud.Data.Journal;
using IptCloud.Data.Messages;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Demo;

/// <summary>What a newcomer finds.</summary>
public sealed class SeedTests(SeededSite site, ITestOutputHelper output) : IClassFixture<SeededSite>
{
    [Fact]
    public async Task Every_phase_and_state_is_there()
    {
        var cards = await site.ReadAsync(db => db.CourseCards.ToListAsync());
        foreach (var group in cards.GroupBy(c => $"{c.Status} {(c.Status == "Active" ? c.Phase : "")}").OrderBy(g => g.Key)) output.WriteLine($"{group.Key}: {group.Count()}");
        output.WriteLine($"Ready after {site.Took.TotalSeconds:0.0} s.");

        Assert.Equal(DemoCases.Count, cards.Count);
        foreach (var status in new[] { CourseStatus.Referred, CourseStatus.Active, CourseStatus.OnHold, CourseStatus.Closed })
            Assert.True(cards.Count(c => c.Status == status.ToString()) >= 2, $"{status}");
        foreach (var phase in Enum.GetValues<Phase>())
            Assert.True(cards.Count(c => c.Status == nameof(CourseStatus.Active) && c.Phase == phase.ToString()) >= 3, $"{phase}");
        Assert.Equal(4, cards.Where(c => c.Focus is not null).Select(c => c.Focus).Distinct().Count());
    }

    [Fact]
    public async Task Derived_tables_equal_a_rebuild()
    {
        var report = await site.Services.GetRequiredService<Rebuild>().CheckAsync();
        output.WriteLine($"{report.Courses} courses, {report.Events} events");
        Assert.Empty(report.Differences);
    }

    [Fact]
    public async Task Scores_are_those_of_real_services()
    {
        var cards = await site.ReadAsync(db => db.CourseCards.ToListAsync());
        var phq = cards.Select(c => Totals(c.Phq9)).Where(t => t.Length > 0).ToList();
        var ended = cards.Where(c => c.Status == nameof(CourseStatus.Closed) && c.Attended >= 9).Select(c => Totals(c.Phq9)).Where(t => t.Length > 4).ToList();
        output.WriteLine($"PHQ-9 first {phq.Average(t => t[0]):0.0} (n = {phq.Count}), last of ended courses {ended.Average(t => t[^1]):0.0} (n = {ended.Count})");
        Assert.InRange(phq.Average(t => t[0]), 13.9, 16.9);
        Assert.InRange(ended.Average(t => t[^1]), 6.4, 12.4);

        static int[] Totals(string stored) => [.. stored.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
    }

    [Fact]
    public async Task About_one_session_in_eleven_was_missed()
    {
        var recorded = await site.ReadAsync(db => db.Appointments.Where(a => a.Attendance != null).Select(a => a.Attendance!.Value).ToListAsync());
        var missed = recorded.Count(a => a == 3) / (double)recorded.Count;
        output.WriteLine($"{recorded.Count} sessions, {missed:P1} missed");
        Assert.InRange(missed, 0.05, 0.13);
    }

    [Fact]
    public async Task The_day_of_the_member_to_try_is_full()
    {
        var inbox = await site.ReadAsync(db => db.Inbox.Where(i => i.TherapistId == DemoNetwork.Yours.Id).Select(i => i.Kind).ToListAsync());
        output.WriteLine(string.Join(", ", inbox.Order()));
        foreach (var kind in new[] { InboxKind.Alert, InboxKind.Attendance, InboxKind.Gate, InboxKind.FollowUp, InboxKind.Note, InboxKind.Result }) Assert.Contains(kind, inbox);
        var open = await site.ReadAsync(db => db.Alerts.Where(a => a.ClosedAt == null).ToListAsync());
        Assert.Contains(open, a => a.TherapistId == DemoNetwork.Yours.Id && a.AcknowledgedAt == null);
        var closed = await site.ReadAsync(db => db.Alerts.CountAsync(a => a.ClosedAt != null));
        Assert.InRange(closed, 5, 40);
        Assert.Equal(1, await site.ReadAsync(db => db.NoteDrafts.CountAsync()));
    }

    [Fact]
    public async Task The_script_was_refused_nothing_but_taken_hours()
    {
        var refused = site.Services.GetRequiredService<DemoCourses>().Refusals;
        output.WriteLine(string.Join(", ", refused));
        Assert.All(refused.Keys, code => Assert.Equal("session.slot-taken", code));
        Assert.Equal(0, await site.ReadAsync(db => db.Outbox.CountAsync(m => m.State == OutboxStates.Failed)));
    }

    [Fact]
    public async Task No_name_address_or_note_of_a_client_lies_open_in_the_file()
    {
        var clients = await site.ReadAsync(db => db.Clients.Select(c => c.ClientId).ToListAsync());
        HashSet<string> secrets = [];
        foreach (var client in clients)
        {
            var record = (await site.Services.GetRequiredService<ClientRecords>().FindAsync(DemoNetwork.Id, client))!.Record;
            secrets.UnionWith(new[] { record.FamilyName, record.Email ?? "", record.Phone ?? "" });
        }

        foreach (var course in await site.ReadAsync(db => db.CourseCards.Select(c => c.CourseId).ToListAsync()))
            foreach (var e in await site.Services.GetRequiredService<ICourseJournal>().ReadAsync(new(DemoNetwork.Id, course), 0))
                secrets.UnionWith(e.Event switch { NoteSigned n => [n.Text], PersonRecorded p => [p.Person.Notes], CourseReferred r => [r.Reason], _ => Array.Empty<string>() });
        secrets.RemoveWhere(s => s.Length < 5 || DemoNetwork.Members.Any(m => m.Name.Contains(s, StringComparison.Ordinal)));
        output.WriteLine($"{secrets.Count} names, addresses and texts");
        Assert.True(secrets.Count > 150, $"{secrets.Count}");

        var file = site.Services.GetRequiredService<Launch>().DatabaseFile;
        foreach (var name in new[] { file, file + "-wal" })
        {
            await using FileStream stream = new(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var raw = new byte[stream.Length];
            await stream.ReadExactlyAsync(raw);
            Assert.DoesNotContain(secrets, s => raw.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(s)) >= 0);
        }
    }

    [Fact]
    public async Task Messages_of_the_last_day_lie_in_the_mailbox()
    {
        var sent = await site.ReadAsync(db => db.Outbox.GroupBy(m => new { m.State, m.Detail }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync());
        output.WriteLine(string.Join("\n", sent));
        Assert.Contains(sent, s => s.Key.State == OutboxStates.Sent && s.Key.Detail == "in the folder");
    }
}
