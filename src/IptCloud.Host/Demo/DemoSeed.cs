using System.Collections.Immutable;
using IptCloud.Data.Messages;
using IptCloud.Data.Sessions;
using IptCloud.Data.Storage;
using IptCloud.Domain.Messages;
using IptCloud.Host.Demo.Play;
using IptCloud.Host.Time;
using IptCloud.Jobs.Messages;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Host.Demo;

/// <summary>
/// Tells the history of every course, from referral until now, through the same commands and the same wakings as real use.
/// The courses know nothing of each other, so each is told at its own pace, all side by side: appends share commits, and
/// every event still has its own hour. What was told is recognised when the telling is repeated.
/// </summary>
internal sealed class DemoSeed(
    DemoCourses courses, DemoProgress progress, Databases databases, NoteDrafts drafts, IServiceScopeFactory scopes)
{
    private const int SideBySide = 48;

    /// <summary>Messages of this last stretch are really delivered, so that the mailbox has something to show; older ones only count as sent.</summary>
    private static readonly TimeSpan Delivered = TimeSpan.FromHours(40);

    public async Task RunAsync(ImmutableArray<DemoCase> cases, DateTimeOffset end, CancellationToken ct)
    {
        var told = await ToldAsync(ct);
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = ct };
        await Parallel.ForEachAsync(cases.OrderBy(c => c.ReferAt), options, async (story, stop) =>
        {
            await TellAsync(story, told.GetValueOrDefault(story.Key.Course.Value, story.ReferAt), end, stop);
            progress.CourseDone();
        });
        await SettleAsync(end, ct);
    }

    private async Task TellAsync(DemoCase story, DateTimeOffset from, DateTimeOffset end, CancellationToken ct)
    {
        var now = from;
        HashSet<string> tried = [], woken = [];
        SeedInstant.Set(now);
        await courses.ReferAsync(story);
        while (!ct.IsCancellationRequested && await courses.ViewAsync(story) is { } state)
        {
            var act = Script.Next(new(story, state, now, tried, end), playsStaff: true).FirstOrDefault();
            var due = DueWork.Of(state).Where(d => !woken.Contains(OccasionOf(d))).OrderBy(d => d.DueAt).Select(d => (DueItem?)d).FirstOrDefault();
            if ((act?.At ?? DateTimeOffset.MaxValue) > end && (due?.DueAt ?? DateTimeOffset.MaxValue) > end) break;
            if (due is { } item && (act is null || item.DueAt <= act.At))
            {
                if (item.DueAt > now) now = item.DueAt;
                SeedInstant.Set(now);
                woken.Add(OccasionOf(item));
                await courses.WakeAsync(story, OccasionOf(item));
            }
            else
            {
                if (act!.At > now) now = act.At;
                now = await PlayAsync(story, act, now, tried);
            }

            if (now > end - Delivered) await DeliverAsync(story, now, ct);
        }

        if (story.Fate.Loose == Loose.Note) await DraftAsync(story, end);
    }

    private async Task<DateTimeOffset> PlayAsync(DemoCase story, Act act, DateTimeOffset now, HashSet<string> tried)
    {
        foreach (var step in act.Steps)
        {
            SeedInstant.Set(now);
            tried.Add(step.Key);
            if (!await courses.DoAsync(story, act.Actor, step)) break;
            now += TimeSpan.FromSeconds(story.Dice.Between(3, 11, step.Key));
        }

        return now;
    }

    /// <summary>How far each course was told before an interruption.</summary>
    private async Task<Dictionary<Guid, DateTimeOffset>> ToldAsync(CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DemoNetwork.Id, ct);
        return await db.Journal.Where(j => j.NetworkId == DemoNetwork.Id).GroupBy(j => j.StreamId).Select(g => new { g.Key, At = g.Max(j => j.RecordedAt) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
    }

    private async Task DeliverAsync(DemoCase story, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DemoNetwork.Id, ct);
        var since = now - Delivered;
        var waiting = await db.Outbox.Where(m => m.NetworkId == DemoNetwork.Id && m.CourseId == story.Key.Course && m.State == OutboxStates.Pending && m.VisibleAt <= now && m.QueuedAt > since).Select(m => m.MessageId).ToListAsync(ct);
        if (waiting.Count == 0) return;
        await using var scope = scopes.CreateAsyncScope();
        var job = scope.ServiceProvider.GetRequiredService<DeliveryJob>();
        SeedInstant.Set(now);
        foreach (var message in waiting) await job.RunAsync(DemoNetwork.Id.Value, message.Value, ct);
    }

    /// <summary>What an alert or the end withdrew later had left long before, as it would with a worker running.</summary>
    private async Task SettleAsync(DateTimeOffset end, CancellationToken ct)
    {
        await using var db = await databases.WriteAsync(DemoNetwork.Id, ct);
        var before = end - Delivered;
        await db.Outbox.Where(m => m.NetworkId == DemoNetwork.Id && m.QueuedAt <= before && (m.State == OutboxStates.Pending || m.State == OutboxStates.Withdrawn))
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.State, OutboxStates.Sent).SetProperty(m => m.SettledAt, m => m.QueuedAt).SetProperty(m => m.Detail, "before the demo began"), ct);
    }

    private async Task DraftAsync(DemoCase story, DateTimeOffset end)
    {
        if (await courses.ViewAsync(story) is not { } state || state.Sessions.LastOrDefault(t => t.WasAttended && t.Note is null) is not { } session) return;
        await drafts.SaveAsync(story.Key.Network, story.Key.Course, session.Id, state.Therapist, new(Texts.Notes.Begun(story), "", 0, 0), session.EndsAt.AddMinutes(6) < end ? session.EndsAt.AddMinutes(6) : end);
    }

    private static string OccasionOf(DueItem due) => $"{due.Kind}/{due.Subject:N}/{due.DueAt.ToUnixTimeSeconds()}";
}
