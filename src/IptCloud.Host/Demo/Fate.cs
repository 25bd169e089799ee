using System.Collections.Immutable;
using IptCloud.Domain.Courses;

namespace IptCloud.Host.Demo;

/// <summary>What a course of the member who is yours to try is left with, for you to find.</summary>
internal enum Loose
{
    None,
    /// <summary>An alert, raised within the last day and not acknowledged.</summary>
    Alert,
    /// <summary>A session of yesterday whose attendance is not recorded.</summary>
    Attendance,
    /// <summary>A session of yesterday whose note is begun and not signed.</summary>
    Note,
    /// <summary>A miss of yesterday to follow up.</summary>
    FollowUp,
    /// <summary>An initial phase that is over, with tasks open.</summary>
    Gate,
    /// <summary>A referral that waits.</summary>
    Referral,
}

/// <summary>What will become of a course; everything smaller is left to the dice.</summary>
/// <param name="DaysAgo">When the client was referred.</param>
/// <param name="Contract">Sessions agreed.</param>
/// <param name="EndAfter">The course ends early after so many attended sessions.</param>
/// <param name="HoldAfter">The course is put on hold after so many attended sessions.</param>
/// <param name="StartAfter">Days until treatment starts.</param>
/// <param name="Steady">The client comes every week, so that the course is at a known session on a known day.</param>
internal sealed record Fate(
    double DaysAgo, int Contract = 16, int? EndAfter = null, CourseEnd End = CourseEnd.Completed, int? HoldAfter = null, int HoldWeeks = 0,
    bool Transfers = false, int StartAfter = 2, bool Steady = false, Loose Loose = Loose.None, bool IsUk = false);

/// <summary>The courses that the demo starts with: every phase and every state.</summary>
internal static class Fates
{
    /// <summary>Of the therapists in London who act by themselves.</summary>
    public static ImmutableArray<Fate> London { get; } =
    [
        new(172), new(165, IsUk: true), new(168, 14), new(150, 12),
        new(126, IsUk: true), new(122), new(94, 12, IsUk: true),
        new(100), new(88, IsUk: true), new(74), new(61, Transfers: true), new(53, IsUk: true),
        new(23, IsUk: true), new(14),
        new(120, EndAfter: 5, End: CourseEnd.EndedByClient), new(95, EndAfter: 9, End: CourseEnd.CompletedEarly),
        new(66, HoldAfter: 6, HoldWeeks: 7, Steady: true),
        new(3, StartAfter: 9),
    ];

    /// <summary>Of the therapists in New York.</summary>
    public static ImmutableArray<Fate> NewYork { get; } =
    [
        new(174), new(170), new(166), new(160, 14), new(152, 12), new(146, 12),
        new(130), new(127), new(112, 14), new(96, 12),
        new(105), new(98), new(90), new(82, HoldAfter: 4, HoldWeeks: 2), new(77), new(70), new(63, Transfers: true), new(56), new(49),
        new(26), new(20), new(12),
        new(140, EndAfter: 3, End: CourseEnd.EndedByClient), new(118, EndAfter: 7, End: CourseEnd.EndedByClient), new(104, EndAfter: 10, End: CourseEnd.CompletedEarly),
        new(99, EndAfter: 4, End: CourseEnd.ReferredOn), new(84, EndAfter: 6, End: CourseEnd.EndedByService), new(72, EndAfter: 2, End: CourseEnd.TransferredOut),
        new(59, HoldAfter: 5, HoldWeeks: 8, Steady: true),
        new(1, StartAfter: 9),
    ];

    /// <summary>Yours: the day of a known session, counted from today, its hour, and which session it is.</summary>
    public static ImmutableArray<(int Day, double Hour, int Number, Fate Fate)> Yours { get; } =
    [
        (0, 17, 7, new(0, Steady: true, Loose: Loose.Alert)),
        (-1, 15, 6, new(0, Steady: true, Loose: Loose.Attendance)),
        (-1, 11, 9, new(0, Steady: true, Loose: Loose.Note)),
        (-1, 13, 5, new(0, Steady: true, Loose: Loose.FollowUp)),
        (-3, 10, 3, new(0, Steady: true, Loose: Loose.Gate)),
        (4, 16, 1, new(0, Steady: true, Loose: Loose.Referral)),
        (-9, 12, 5, new(0, Steady: true, HoldAfter: 5, HoldWeeks: 5)),
        (0, 9, 15, new(0, Steady: true)),
        (0, 11.5, 8, new(0, Steady: true, IsUk: true)),
        (0, 14, 2, new(0, Steady: true)),
        (-16, 10, 12, new(0, 12, Steady: true)),
        (1, 10, 10, new(0, 14, Steady: true)),
    ];

    /// <summary>What becomes of clients referred later on.</summary>
    public static Fate Later(Dice dice) => new(0, dice.Pick<int>([16, 16, 14, 12], "contract"),
        EndAfter: dice.Happens(0.2, "ends early") ? dice.Between(2, 9, "ends after") : null,
        End: dice.Pick<CourseEnd>([CourseEnd.EndedByClient, CourseEnd.EndedByClient, CourseEnd.CompletedEarly, CourseEnd.ReferredOn], "ends how"),
        StartAfter: dice.Between(2, 8, "starts"));
}
