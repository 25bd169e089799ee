using System.Collections.Immutable;
using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Time;
using IptCloud.Data.Courses;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Sessions;
using IptCloud.Domain.Clients;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Grains.Courses;

/// <summary>A course: reads what a decision needs, asks the domain, stores what follows, answers.</summary>
[GrainType("ipt.course")]
internal sealed class CourseGrain(ICourseJournal journal, CourseFacts facts, TherapistTime times, NoteDrafts drafts, CourseSnapshots snapshots, NetworkKeys keys, JournalRelease release, [FromKeyedServices(ClinicClock.Key)] TimeProvider clock)
    : EventSourcedGrain<CourseState, RecordedEvent, AppendOutcome>, ICourseGrain
{
    private ClientFacts? client;
    private Guid head;

    private CourseKey Key { get; set; }

    protected override CourseState Empty => CourseState.Empty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Key = CourseKey.Parse(this.GetPrimaryKeyString());
        return base.OnActivateAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await snapshots.KeepAsync(Key, Version, head, State, force: true, cancellationToken);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<CommandResult> ExecuteAsync(CourseRequest request)
    {
        if (Remember(request.Id) is { } version) return new(version, []);
        var result = await DecideAsync(request);
        CourseMetrics.Decided(request.Command, result.Refusals);
        // An unknown course needs no activation: drop it, so that asking for ids at random costs nothing for long.
        if (State.Status == CourseStatus.None) Drop();
        return result;
    }

    public async Task<CourseView?> ViewAsync(Actor actor) => await ViewAsync(actor, State, Version);

    public async Task<CourseView?> ViewAsOfAsync(Actor actor, DateTimeOffset recordedAt)
    {
        if (await ViewAsync(actor, State, Version) is null) return null;
        var (state, version) = (CourseState.Empty, 0L);
        foreach (var e in await journal.ReadAsync(Key, 0))
            if (e.Meta.RecordedAt <= recordedAt) (state, version) = (state.Apply(e.Event, e.Meta), e.Seq);
        return state.Status == CourseStatus.None ? null : new(Key, version, state, false);
    }

    public async Task<CourseDiary?> DiaryAsync(Actor actor)
    {
        if (State.Status == CourseStatus.None)
        {
            Drop();
            return null;
        }

        var (clinic, _) = await facts.ClinicAsync(Key.Network, State.Clinic);
        var now = clock.GetUtcNow();
        return CourseAccess.MaySeeDiary(State, CourseAccess.Standing(State, Act.SeeDiary, actor, clinic, now), clinic, now) ? CourseDiary.Of(Key, State) : null;
    }

    public async Task<int> WakeAsync(CommandId command)
    {
        client = null; // a prompt is decided on what holds now
        var drafted = await drafts.WithDraftsAsync(Key.Network, Key.Course);
        var before = Version;
        await DecideAsync(new(command, Actor.System, new WakeCourse(drafted)));
        return (int)(Version - before);
    }

    public Task<TaskForm?> TaskFormAsync(MessageId message) => Task.FromResult(TaskForms.Of(State, message));

    public Task ClientChangedAsync()
    {
        client = null;
        return Task.CompletedTask;
    }

    protected override async Task<(CourseState State, long Version)> StartAsync(CancellationToken ct)
    {
        if (await snapshots.FindAsync(Key, ct) is not { } snapshot) return (CourseState.Empty, 0);
        head = snapshot.EventId;
        return (snapshot.State, snapshot.Version);
    }

    protected override Task<ImmutableArray<RecordedEvent>> ReadAsync(long after, CancellationToken ct) => journal.ReadAsync(Key, after, ct);

    protected override async Task<AppendOutcome> AppendAsync(CourseState before, long expected, ImmutableArray<RecordedEvent> events, CourseState after) =>
        await journal.AppendAsync(Append.Of(await keys.RingAsync(Key.Network), Key, before, expected, events, after));

    protected override bool Written(AppendOutcome outcome) => outcome == AppendOutcome.Written;

    protected override CourseState Fold(CourseState state, RecordedEvent recorded)
    {
        head = recorded.EventId;
        return state.Apply(recorded.Event, recorded.Meta);
    }

    protected override CommandId CommandOf(RecordedEvent recorded) => recorded.Meta.Command;

    private async Task<CommandResult> DecideAsync(CourseRequest request)
    {
        var now = clock.GetUtcNow();
        var refer = request.Command as ReferCourse;
        var (clinic, policy) = await facts.ClinicAsync(Key.Network, refer?.Clinic ?? State.Clinic);
        client ??= await facts.ClientAsync(Key.Network, refer?.Client ?? State.Client);
        var actor = refer is null ? CourseAccess.Standing(State, CourseAccess.ActOf(request.Command), request.Actor, clinic, now) : request.Actor;
        var decision = Course.Decide(State, request.Command, new(now, request.Id, actor, client, clinic, policy));
        if (State.Status == CourseStatus.None) client = null;
        if (!decision.IsAccepted) return new(Version, decision.Refusals);
        if (decision.Events.IsEmpty) return new(Version, []);
        if (!decision.Events.All(release.Writes)) return new(Version, [CourseRefusals.NotYetEverywhere]);

        var meta = new EventMeta(now, now, actor.Reference, actor.Member, actor.OnBehalfOf, request.Id);
        var events = decision.Events.Select((e, i) => new RecordedEvent(Version + 1 + i, Guid.CreateVersion7(now), e, meta)).ToImmutableArray();
        switch (await CommitAsync(events))
        {
            case AppendOutcome.Written:
                await snapshots.KeepAsync(Key, Version, head, State, force: false, CancellationToken.None);
                return new(Version, []);
            case AppendOutcome.SlotTaken:
                var clash = await times.FirstClashAsync(Key, events.Aggregate(State, (s, e) => s.Apply(e.Event, e.Meta)));
                return new(Version, [clash is null ? SessionRefusals.SlotTaken : SessionRefusals.SlotTakenAt(clash.Time.Local)]);
            case AppendOutcome.OpenCourseExists:
                return new(Version, [CourseRefusals.OpenCourseExists]);
            case AppendOutcome.Duplicate:
                return new(await journal.FindCommandAsync(Key, request.Id) ?? Version, []);
            default:
                // Another activation wrote first, perhaps this very command. This one ends; the caller's retry replays.
                return await journal.FindCommandAsync(Key, request.Id) is { } written ? new(written, []) : throw new CourseConflictException();
        }
    }

    private async Task<CourseView?> ViewAsync(Actor actor, CourseState state, long version)
    {
        if (state.Status == CourseStatus.None)
        {
            Drop();
            return null;
        }

        var (clinic, _) = await facts.ClinicAsync(Key.Network, state.Clinic);
        var now = clock.GetUtcNow();
        actor = CourseAccess.Standing(state, Act.RunCourse, actor, clinic, now);
        return CourseAccess.MayRead(state, actor, clinic, now)
            ? new(Key, version, state, (actor.OnBehalfOf ?? actor.Member) == state.Therapist) { OnBehalfOf = actor.OnBehalfOf } : null;
    }
}
