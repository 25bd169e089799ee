using System.Globalization;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Host;
using IptCloud.Host.Verbs;
using IptCloud.Rounds.Load;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Chaos;

/// <summary>What is stored against what the people were told.</summary>
/// <param name="Lost">Acknowledged, and not there with its words.</param>
/// <param name="Doubled">Commands with more than one event that carries their id, or words that stand in more than one event.</param>
/// <param name="Gaps">Courses whose events are not numbered 1, 2, 3 …</param>
/// <param name="Ahead">Events recorded at a time that has not come yet.</param>
/// <param name="InDoubt">Messages that may have been sent, and are not repeated.</param>
internal sealed record Stored(int Acknowledged, int Lost, int Doubled, int Gaps, int Ahead, int InDoubt);

/// <summary>Reads journal and drafts back, opened, with the logins of the product.</summary>
internal sealed class LedgerCheck(Launch launch, Ledger ledger)
{
    private static readonly TimeSpan Blur = TimeSpan.FromSeconds(1);

    public async Task<Stored> RunAsync(Action<string> say)
    {
        // What is acknowledged while this reads is not asked for.
        var (changes, drafts) = (ledger.Changes.ToArray(), ledger.Drafts.ToArray());
        await using var services = Tools.Services(launch);
        var journal = services.GetRequiredService<ICourseJournal>();
        int lost = 0, doubled = 0, gaps = 0, ahead = 0;
        foreach (var course in changes.GroupBy(c => c.Course))
        {
            var events = await journal.ReadAsync(new(Site.Network, course.Key), 0);
            var commands = events.Where(e => e.Meta.Command != default).CountBy(e => e.Meta.Command).ToDictionary();
            var words = events.SelectMany(e => WordsOf(e.Event)).Where(w => w.Contains('/', StringComparison.Ordinal)).CountBy(w => w).ToDictionary();
            foreach (var change in course.Where(c => (!c.Commands.IsEmpty && !c.Commands.Any(commands.ContainsKey)) || (!c.Texts.IsEmpty && !c.Texts.Any(words.ContainsKey))))
            {
                lost++;
                say($"LOST {change.Course} {string.Join('|', change.Commands)} {string.Join('|', change.Texts)}");
            }

            foreach (var twice in commands.Where(c => c.Value > 1).Select(c => $"{c.Key}").Concat(words.Where(w => w.Value > 1).Select(w => w.Key)))
            {
                doubled++;
                say($"DOUBLED {course.Key} {twice}");
            }

            foreach (var e in events.Where(e => e.Meta.RecordedAt > TimeProvider.System.GetUtcNow() + Blur))
            {
                ahead++;
                say($"AHEAD {course.Key} {e.Seq} {e.Meta.RecordedAt:O}");
            }

            if (events.Select((e, i) => e.Seq - i).Any(n => n != 1)) gaps++;
        }

        await using var db = services.GetRequiredService<Databases>().Make(DatabaseRole.Owner, Site.Network);
        var keys = services.GetRequiredService<NetworkKeys>();
        var rows = await db.NoteDrafts.AsNoTracking().Where(d => d.NetworkId == Site.Network).ToDictionaryAsync(d => (d.SessionId, d.Revision));
        foreach (var draft in drafts)
        {
            if (rows.TryGetValue((draft.Session, draft.Revision), out var row)
                && (await keys.RingAsync(Site.Network, row.KeyVersion)).OpenText(Place.Draft(row.SessionId, row.Revision), row.Payload, row.KeyVersion) == draft.Text) continue;
            lost++;
            say($"LOST {draft}");
        }

        return new(changes.Length + drafts.Length, lost, doubled, gaps, ahead, await db.Outbox.CountAsync(o => o.NetworkId == Site.Network && o.State == OutboxStates.MaybeSent));
    }

    /// <summary>At the end, while nothing is written: whether what is derived equals a rebuild.</summary>
    public async Task<int> DifferencesAsync()
    {
        await using var services = Tools.Services(launch);
        return (await services.GetRequiredService<Rebuild>().CheckAsync()).Differences.Count;
    }

    private static IEnumerable<string> WordsOf(CourseEvent e) => e switch
    {
        CourseReferred x => [x.Reason],
        FocusChosen x => [x.Reason],
        HomeworkSet x => [x.Title],
        AttendanceRecorded x => [x.Reason],
        ContactRecorded x => [x.Text],
        NoteSigned x => [x.Text],
        NoteAmended x => [x.Text],
        ItemAnswered x => [Ledger.Answer(x.Request, x.Item, x.Value?.ToString(CultureInfo.InvariantCulture) ?? "")],
        _ => [],
    };
}
