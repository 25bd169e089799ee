using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Journal;

/// <summary>An event with its place in the stream.</summary>
public sealed record RecordedEvent(long Seq, Guid EventId, CourseEvent Event, EventMeta Meta);

/// <summary>
/// The stored names of events. An alias and its version are permanent: never rename or reuse one. To change an event,
/// add a version here with its own type and turn the old one into the new one when it is read.
/// </summary>
public static class EventRegistry
{
    /// <summary>The stream kind of courses.</summary>
    public const string CourseStream = "course";

    private static readonly (string Type, int Version, Type Clr)[] Known =
    [
        ("course.referred", 1, typeof(CourseReferred)),
        ("course.started", 1, typeof(CourseStarted)),
        ("course.contract-agreed", 1, typeof(ContractAgreed)),
        ("course.focus-chosen", 1, typeof(FocusChosen)),
        ("course.formulation-recorded", 1, typeof(FormulationRecorded)),
        ("course.task-done", 1, typeof(TaskDone)),
        ("course.task-waived", 1, typeof(TaskWaived)),
        ("course.phase-entered", 1, typeof(PhaseEntered)),
        ("course.gate-overdue", 1, typeof(GateOverdue)),
        ("course.held", 1, typeof(CourseHeld)),
        ("course.resumed", 1, typeof(CourseResumed)),
        ("course.transferred", 1, typeof(CourseTransferred)),
        ("course.closed", 1, typeof(CourseClosed)),
        ("session.booked", 1, typeof(SessionsBooked)),
        ("session.moved", 1, typeof(SessionsMoved)),
        ("session.client-arrived", 1, typeof(ClientArrived)),
        ("session.attendance-recorded", 1, typeof(AttendanceRecorded)),
        ("session.attendance-flagged", 1, typeof(AttendanceFlagged)),
        ("session.miss-left-to-person", 1, typeof(MissLeftToPerson)),
        ("session.note-signed", 1, typeof(NoteSigned)),
        ("session.note-amended", 1, typeof(NoteAmended)),
        ("session.follow-up-closed", 1, typeof(FollowUpClosed)),
        ("session.rebook-requested", 1, typeof(RebookRequested)),
        ("contact.recorded", 1, typeof(ContactRecorded)),
        ("inventory.person-recorded", 1, typeof(PersonRecorded)),
        ("inventory.person-removed", 1, typeof(PersonRemoved)),
        ("homework.set", 1, typeof(HomeworkSet)),
        ("homework.answered", 1, typeof(HomeworkAnswered)),
        ("homework.withdrawn", 1, typeof(HomeworkWithdrawn)),
        ("measure.requested", 1, typeof(MeasureRequested)),
        ("measure.item-answered", 1, typeof(ItemAnswered)),
        ("measure.submitted", 1, typeof(MeasureSubmitted)),
        ("measure.result-read", 1, typeof(ResultRead)),
        ("risk.alert-raised", 1, typeof(AlertRaised)),
        ("risk.alert-acknowledged", 1, typeof(AlertAcknowledged)),
        ("risk.alert-closed", 1, typeof(AlertClosed)),
        ("message.queued", 1, typeof(MessageQueued)),
        ("message.deferred", 1, typeof(PromptDeferred)),
        ("message.skipped", 1, typeof(PromptSkipped)),
    ];

    private static readonly FrozenDictionary<(string, int), JsonTypeInfo> ByAlias = Known.ToFrozenDictionary(k => (k.Type, k.Version), k => Info(k.Clr));
    private static readonly FrozenDictionary<Type, (string Type, int Version, JsonTypeInfo Info)> ByType = Known.ToFrozenDictionary(k => k.Clr, k => (k.Type, k.Version, Info(k.Clr)));

    /// <summary>What came with a release after v0.1: see <see cref="JournalRelease"/>.</summary>
    private static readonly FrozenDictionary<Type, int> Since = new Dictionary<Type, int> { [typeof(ContactRecorded)] = 2 }.ToFrozenDictionary();

    /// <summary>Every alias and version ever written.</summary>
    public static IEnumerable<(string Type, int Version, Type Clr)> All => Known;

    /// <summary>The stored name of an event.</summary>
    public static (string Type, int Version) NameOf(CourseEvent e) => (ByType[e.GetType()].Type, ByType[e.GetType()].Version);

    /// <summary>The minor number of the release that can first read the event.</summary>
    internal static int SinceOf(Type type) => Since.GetValueOrDefault(type, 1);

    /// <summary>The event as JSON, UTF-8.</summary>
    public static byte[] Write(CourseEvent e) => JsonSerializer.SerializeToUtf8Bytes(e, ByType[e.GetType()].Info);

    /// <summary>Reads a stored event that has been opened.</summary>
    /// <exception cref="InvalidDataException">This program does not know the alias or version: it is older than the data.</exception>
    public static CourseEvent Read(string type, int version, ReadOnlySpan<byte> payload) =>
        ByAlias.TryGetValue((type, version), out var info)
            ? (CourseEvent)JsonSerializer.Deserialize(payload, info)!
            : throw new InvalidDataException($"The journal holds an event '{type}' version {version} that this version of the program does not know.");

    internal static EventMeta Meta(DateTimeOffset occurredAt, DateTimeOffset recordedAt, string actor, MemberId? onBehalfOf, CommandId? command) =>
        new(occurredAt, recordedAt, actor, actor.StartsWith("member:", StringComparison.Ordinal) ? new MemberId(Guid.ParseExact(actor.AsSpan(7), "N")) : null, onBehalfOf, command ?? default);

    private static JsonTypeInfo Info(Type type) => EventJson.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type.Name} is missing from {nameof(EventJson)}.");
}
