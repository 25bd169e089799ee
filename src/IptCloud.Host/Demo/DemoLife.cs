using IptCloud.Data.Clients;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Messages;
using IptCloud.Host.Demo.Play;
using IptCloud.Host.Time;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Host.Demo;

/// <summary>
/// Lets the demo go on: as clinic time passes, scripted members and all clients act, by commands. Each course is looked at
/// when its script or its due work says so, and every minute in case a real person changed it; the wakings themselves are
/// the worker's. Courses of a member who is not scripted wait for that member: only their clients act.
/// </summary>
internal sealed partial class DemoLife(
    DemoCourses courses, Databases databases, ClientRecords clients, ClinicTimeProvider clinic, TimeProvider system, ILogger<DemoLife> log)
{
    /// <summary>New clients are referred when fewer courses than this run.</summary>
    private const int RunningAtLeast = 36;

    private const int SideBySide = 8;
    private const int MostActs = 200;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CloseGlance = TimeSpan.FromSeconds(10);

    private readonly PriorityQueue<DemoCase, DateTimeOffset> queue = new();
    private readonly Dictionary<int, HashSet<string>> tried = [];
    private int next;
    private DateTimeOffset nextReferral;

    public async Task RunAsync(CancellationToken ct)
    {
        var scripted = await LoadAsync(ct);
        using var timer = new PeriodicTimer(Beat, system);
        while (await timer.WaitForNextTickAsync(ct))
        {
            var now = clinic.GetUtcNow();
            List<DemoCase> due = [];
            while (queue.TryPeek(out var story, out var at) && at <= now) due.Add(queue.Dequeue());
            foreach (var story in due) tried.TryAdd(story.Index, []);
            var looks = new DateTimeOffset?[due.Count];
            await Parallel.ForEachAsync(Enumerable.Range(0, due.Count), new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = ct },
                async (i, stop) => looks[i] = await TryPlayAsync(due[i], tried[due[i].Index], scripted, stop));
            for (var i = 0; i < due.Count; i++)
                if (looks[i] is { } look) queue.Enqueue(due[i], look);
                else tried.Remove(due[i].Index);
            if (queue.Count < RunningAtLeast && now >= nextReferral) await ReferAsync(now, ct);
        }
    }

    /// <summary>The cases that exist, to be looked at soon; ended ones leave the queue at their first look.</summary>
    private async Task<HashSet<MemberId>> LoadAsync(CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DemoNetwork.Id, ct);
        var known = (await db.CourseCards.Where(c => c.NetworkId == DemoNetwork.Id).Select(c => new { c.CourseId, c.Status }).ToListAsync(ct)).ToDictionary(c => c.CourseId, c => c.Status);
        var now = clinic.GetUtcNow();
        for (next = 0; next < DemoCases.Count || known.ContainsKey(DemoCase.KeyOf(next).Course); next++)
            if (known.GetValueOrDefault(DemoCase.KeyOf(next).Course) is { } status && status != nameof(CourseStatus.Closed)) queue.Enqueue(DemoCases.Of(next, now), now);
        return [.. await db.Members.Where(m => m.NetworkId == DemoNetwork.Id && m.IsScripted).Select(m => m.MemberId).ToListAsync(ct)];
    }

    private async Task<DateTimeOffset?> TryPlayAsync(DemoCase story, HashSet<string> keys, HashSet<MemberId> scripted, CancellationToken ct)
    {
        try
        {
            return await PlayAsync(story, keys, scripted, ct);
        }
#pragma warning disable CA1031 // whatever is wrong with one course must not end the demo
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(e, story.Index);
            return clinic.GetUtcNow() + (CloseGlance * clinic.Speed);
        }
    }

    /// <summary>Plays what is due by now.</summary>
    /// <returns>When to look again; null when nothing will happen any more.</returns>
    private async Task<DateTimeOffset?> PlayAsync(DemoCase story, HashSet<string> keys, HashSet<MemberId> scripted, CancellationToken ct)
    {
        for (var acts = 0; ; acts++)
        {
            ct.ThrowIfCancellationRequested();
            if (await courses.ViewAsync(story) is not { } state) return null;
            var now = clinic.GetUtcNow();
            var plays = scripted.Contains(state.Therapist);
            var act = Script.Next(new(story, state, now, keys, null), plays).FirstOrDefault();
            if (act is not null && act.At <= now && acts < MostActs)
            {
                await PlayAsync(story, act, keys);
                continue;
            }

            if (state.Status == CourseStatus.Closed && act is null) return null;
            var glance = now + ((plays ? Glance : CloseGlance) * clinic.Speed);
            var wake = DueWork.Of(state).Select(d => d.DueAt).DefaultIfEmpty(glance).Min() + (Beat * clinic.Speed * 2);
            var soonest = now + (Beat * clinic.Speed);
            return Max(soonest, Min(glance, Min(wake, act?.At ?? glance)));
        }
    }

    private async Task PlayAsync(DemoCase story, Act act, HashSet<string> keys)
    {
        foreach (var step in act.Steps)
        {
            var accepted = await courses.DoAsync(story, act.Actor, step);
            keys.Add(step.Key);
            if (!accepted) return;
        }
    }

    /// <summary>One new client; the place of a course that has ended does not stay empty.</summary>
    private async Task ReferAsync(DateTimeOffset now, CancellationToken ct)
    {
        var story = DemoCases.Of(next, now);
        await clients.AddAsync(DemoNetwork.Id, story.Client, story.Record, ct);
        try
        {
            await courses.ReferAsync(story);
            next++;
            nextReferral = now.AddHours(story.Dice.Between(5, 30, "next referral"));
            queue.Enqueue(story, now);
        }
#pragma warning disable CA1031 // tried again at the next beat
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(e, story.Index);
        }
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Demo course {Index} could not be played; it is tried again.")]
    private partial void LogFailed(Exception exception, int index);
}
