using System.Globalization;

namespace IptCloud.Rounds.Chaos;

/// <summary>A fault and what came of it.</summary>
internal sealed record Row(Fault Fault, TimeSpan Answered, (int Requests, int Failed) Requests, Stored Stored, Letters Letters, (TimeSpan Longest, int Missing) Letter, string Note)
{
    public const string Head = """
        | fault | every course answers after | requests, failed | acknowledged so far | lost, doubled, gaps, from the future | letters so far, twice, in doubt | longest until a letter, not yet there | |
        | --- | --- | --- | --- | --- | --- | --- | --- |
        """;

    private readonly (int Count, int Twice) letters = (Letters.Count, Letters.Twice);

    /// <summary>What must never be otherwise.</summary>
    public bool IsClean => Stored.Lost + Stored.Doubled + Stored.Gaps + Stored.Ahead + letters.Twice == 0;

    /// <summary>Within the time that is promised.</summary>
    public bool IsInTime => Fault.Target is not { } target || Answered <= target;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {Fault.Name} | {Answered.TotalSeconds:0.0} s{(IsInTime ? "" : " (late)")} | {Requests.Requests:N0}, {Requests.Failed} | {Stored.Acknowledged:N0} | {Stored.Lost}, {Stored.Doubled}, {Stored.Gaps}, {Stored.Ahead} | {letters.Count:N0}, {letters.Twice}, {Stored.InDoubt} | {Letter.Longest.TotalSeconds:0} s, {Letter.Missing} | {Note} |");
}
