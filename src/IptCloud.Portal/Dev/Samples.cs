using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Dev;

/// <summary>An invented course, and the awkward cases: long names, gaps, many people.</summary>
internal static class Samples
{
    internal static readonly Shell Shell = new("Riverside Perinatal Service", "Dr Siân Whitfield", CanSeeOps: true, Area.Caseload) { ProfileUrl = "/profile" };

    internal static readonly CrisisHelp Help = new("If your life is in danger, call 999 or go to A&E now.",
    [
        new("Samaritans", "116 123", "any time, free"),
        new("NHS mental health line", "111", "any time, choose option 2"),
    ]);

    internal static readonly ClientShell ClientShell = new("Riverside House", Help);

    internal static readonly IReadOnlyList<StepperPhase> Phases = [new("Initial", 1, 3), new("Middle", 4, 13, Current: true), new("Ending", 14, 16)];

    internal static readonly IReadOnlyList<StepperSession> Held =
    [
        Session(0), Session(7), Session(14, StepKind.CancelledByService), Session(21), Session(28),
        Session(35, StepKind.DidNotAttend), Session(42), Session(49, StepKind.AttendedLate), Session(56, StepKind.CancelledByClient), Session(63),
    ];

    internal static readonly IReadOnlyList<StepperOpen> Unrecorded = [new(Day(70), "#unrecorded")];

    internal static readonly StepperNext Next = new(Day(77), "#next");

    internal static readonly ScoreScale Phq9 = new("PHQ-9", 27,
    [
        new("Minimal", 0, 4), new("Mild", 5, 9), new("Moderate", 10, 14), new("Moderately severe", 15, 19, "Mod. sev."), new("Severe", 20, 27),
    ], Cutoff: 10, ReliableChange: 6);

    internal static readonly ScoreScale Gad7 = new("GAD-7", 21,
        [new("Minimal", 0, 4), new("Mild", 5, 9), new("Moderate", 10, 14), new("Severe", 15, 21)], Cutoff: 8, ReliableChange: 4);

    internal static readonly IReadOnlyList<ScorePoint> Scores = Points([21, 19, 20, 17, 18, null, 13, 12, null, 11]);

    internal static readonly IReadOnlyList<ScorePoint> Anxiety = Points([15, 14, 14, 16, 12, null, null, 10, 9, 9]);

    internal static readonly IReadOnlyList<ChartPhase> ChartPhases = [new("Initial", Day(0)), new("Middle", Day(28)), new("Ending", Day(105))];

    internal static readonly IReadOnlyList<ChartEvent> Events =
        [new(Day(24), "Partner began night shifts"), new(Day(33), "Row with Tola about nights"), new(Day(60), "First day back at work")];

    internal static readonly IReadOnlyList<ChartSession> Sessions = Marks();

    internal static readonly IReadOnlyList<CirclePerson> People =
    [
        new("Jo", 2, BondKind.Supportive, "Sister", Href: "#jo"), new("Tola", 1, BondKind.Strained, "Partner", WishedRing: 1), new("Mum", 1, BondKind.Supportive, "Mother"),
        new("Dad", 3, BondKind.Strained, "Father", WishedRing: 2), new("Ade", 1, BondKind.Supportive, "Son, 4 months"), new("Kemi", 2, BondKind.Supportive, "Friend", WishedRing: 1),
        new("Ruth", 3, BondKind.Supportive, "Health visitor"), new("Mr Hale", 4, BondKind.Conflict, "Manager"), new("Bisi", 4, BondKind.Strained, "Cousin", WishedRing: 2),
    ];

    internal static readonly IReadOnlyList<CirclePerson> Crowd = [.. Enumerable.Range(0, 25).Select(i => new CirclePerson(
        Names[i], 1 + i * 7 % 4, (BondKind)(i % 4), null, i % 6 == 0 ? 1 + (i + 2) % 4 : null))];

    private static string[] Names =>
    [
        "Amara", "Bartholomew", "Chidi", "Dilys", "Ewan", "Farida", "Gwenllian", "Hassan", "Ines", "Joon", "Kamila", "Leo", "Margaret-Anne O'Sullivan",
        "Nia", "Oluwaseun", "Priya", "Quentin", "Rhys", "Saoirse", "Tom", "Uma", "Vikram", "Wanda", "Xavier", "Yetunde",
    ];

    internal static DateOnly Day(int days) => new DateOnly(2026, 10, 6).AddDays(days);

    private static StepperSession Session(int days, StepKind kind = StepKind.Attended) => new(Day(days), kind, $"#session-{days}");

    private static ScorePoint[] Points(int?[] scores) => [.. scores.Select((score, week) => new ScorePoint(Day(7 * week), score, $"Before the session of {Uk.DayMonth(Day(7 * week))}"))];

    private static ChartSession[] Marks()
    {
        var count = 0;
        return [.. Held.Select(s => new ChartSession(s.Date, s.Kind, s.Kind.Counts() ? ++count : null))];
    }
}
