using IptCloud.Domain.Clients;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;

namespace IptCloud.Host.Demo;

/// <summary>One invented client and what their course will be like: a pure function of its number.</summary>
/// <param name="ReferAt">When the client is referred.</param>
/// <param name="Day">The weekday of the weekly session.</param>
/// <param name="At">Its hour on the clinic's wall clock.</param>
internal sealed record DemoCase(int Index, DemoMember Therapist, DemoClinic Clinic, Fate Fate, DateTimeOffset ReferAt, DayOfWeek Day, TimeOnly At)
{
    public CourseKey Key { get; } = KeyOf(Index);

    public ClientId Client { get; } = TypedId.Derive<ClientId>(DemoNetwork.Root, $"client/{Index}");

    public Dice Dice { get; } = DiceOf(Index);

    /// <summary>The area that the work will be about.</summary>
    public FocusArea Focus { get; } = (FocusArea)((Index * 7 / 3) % 4);

    public string ProtocolId => Fate.IsUk ? "ipt-16-uk" : "ipt-16";

    public Trajectory Trajectory => new(this);

    public ClientRecord Record => Cast.RecordOf(this);

    public static CourseKey KeyOf(int index) => new(DemoNetwork.Id, TypedId.Derive<CourseId>(DemoNetwork.Root, $"course/{index}"));

    public static Dice DiceOf(int index) => Dice.Of(KeyOf(index).Course.Value);

    /// <summary>An id that belongs to this course and is the same on every run.</summary>
    public TId Derive<TId>(string purpose) where TId : struct, ITypedId<TId> => TypedId.Derive<TId>(Key.Course.Value, purpose);
}
