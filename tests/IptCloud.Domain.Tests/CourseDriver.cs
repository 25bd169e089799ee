namespace IptCloud.Domain.Tests;

/// <summary>Drives one course by commands under a virtual clock, folds what was decided and keeps everything that happened.</summary>
public sealed class CourseDriver
{
    private int commands;

    public CourseDriver(string protocol = "ipt-16", int version = 1, string zone = Clinic.London, string clientZone = Clinic.London, DateTime? at = null)
    {
        (ProtocolId, ProtocolVersion, Zone) = (protocol, version, zone);
        ClinicFacts = Clinic.Facts(zone);
        Client = new ClientFacts(Clinic.Sam, clientZone, MayEmail: true);
        Now = LocalTime.ToInstant(at ?? new DateTime(2026, 9, 1, 9, 0, 0), zone);
    }

    public string ProtocolId { get; }
    public int ProtocolVersion { get; }
    public string Zone { get; }
    public DateTimeOffset Now { get; set; }
    public ClientFacts Client { get; set; }
    public ClinicFacts ClinicFacts { get; set; }
    public NetworkPolicy Policy { get; set; } = NetworkPolicy.Default;
    public CourseState State { get; private set; } = CourseState.Empty;
    public List<(CourseEvent Event, EventMeta Meta)> Journal { get; } = [];

    /// <summary>Sessions whose note is being drafted: known at the edge, not to the course.</summary>
    public HashSet<SessionId> Drafts { get; } = [];

    public DateTime LocalNow => LocalTime.ToLocal(Now, Zone);
    public DateOnly Today => LocalTime.DateOf(Now, Zone);
    public IEnumerable<QueuedMessage> ToClient => State.Messages.Where(m => m.Audience == MessageAudience.Client);
    public IEnumerable<QueuedMessage> ToStaff => State.Messages.Where(m => m.Audience == MessageAudience.Member);
    public IReadOnlyList<DueItem> Due => [.. DueWork.Of(State).OrderBy(d => d.DueAt)];

    public TId New<TId>() where TId : struct, ITypedId<TId> => Clinic.Id<TId>($"{++commands}");

    public DecisionContext Context(Actor actor) => new(Now, New<CommandId>(), actor, Client, ClinicFacts, Policy);

    /// <summary>What would be decided; nothing is folded.</summary>
    public Decision Try(CourseCommand command, Actor? actor = null) => Course.Decide(State, command, Context(actor ?? Clinic.Therapist));

    /// <summary>Carries a command out and gives back its events; a refusal fails the test.</summary>
    public ImmutableArray<CourseEvent> Do(CourseCommand command, Actor? actor = null)
    {
        var decision = Execute(command, actor);
        Assert.True(decision.IsAccepted, $"{command.GetType().Name} on {LocalNow:f}: {string.Join(" / ", decision.IsAccepted ? [] : decision.Refusals.Select(r => r.Text))}");
        return decision.Events;
    }

    /// <summary>Carries a command out if it is accepted.</summary>
    public Decision Execute(CourseCommand command, Actor? actor = null)
    {
        var context = Context(actor ?? Clinic.Therapist);
        var decision = Course.Decide(State, command, context);
        if (!decision.IsAccepted) return decision;
        foreach (var e in decision.Events) Fold(e, context);
        if (decision.Events is not []) Invariants.Hold(this);
        if (decision.Events.Any(e => e is MessageQueued)) Invariants.Messages(this);
        return decision;
    }

    /// <summary>The one reason for which a command is refused. A refusal carries no events.</summary>
    public Refusal Refused(CourseCommand command, Actor? actor = null)
    {
        var decision = Try(command, actor);
        Assert.False(decision.IsAccepted, $"{command.GetType().Name} was accepted.");
        Assert.Empty(decision.Events);
        return Assert.Single(decision.Refusals);
    }

    /// <summary>Wakes the course now.</summary>
    public ImmutableArray<CourseEvent> Wake() => Do(new WakeCourse([.. Drafts]), Clinic.Worker);

    /// <summary>Lets time pass, waking the course at every instant at which something is due.</summary>
    public void WakeUntil(DateTimeOffset until)
    {
        for (var wakes = 0; Due is [var next, ..] && next.DueAt <= until; wakes++)
        {
            Assert.True(wakes < 1_000, $"{next} is never settled.");
            if (next.DueAt > Now) Now = next.DueAt;
            Assert.NotEmpty(Wake());
        }

        if (until > Now) Now = until;
    }

    public void WakeFor(TimeSpan time) => WakeUntil(Now + time);

    private void Fold(CourseEvent e, DecisionContext c)
    {
        var meta = new EventMeta(c.Now, c.Now, c.Actor.Reference, c.Actor.Member, c.Actor.OnBehalfOf, c.Command);
        Journal.Add((e, meta));
        State = State.Apply(e, meta);
    }
}
