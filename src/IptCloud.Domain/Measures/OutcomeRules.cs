namespace IptCloud.Domain.Measures;

/// <summary>A pair of totals taken together.</summary>
[GenerateSerializer, Immutable, Alias("ipt.measures.pair")]
public readonly record struct PairedScore(int Phq9, int Gad7);

/// <summary>What became of a course, by the NHS Talking Therapies rules (domain.md §4.7).</summary>
/// <param name="WasCase">At caseness at the start; otherwise outside the recovery denominator.</param>
/// <param name="Recovered">A case at the start and below both cut-offs at the end.</param>
/// <param name="ReliablyImproved">At least one measure fell reliably and the other did not rise reliably (last clause unverified, domain.md §4.7).</param>
/// <param name="ReliablyDeteriorated">At least one measure rose reliably and the other did not fall reliably.</param>
[GenerateSerializer, Immutable, Alias("ipt.measures.outcome")]
public sealed record Outcome(bool WasCase, bool Recovered, bool ReliablyImproved, bool ReliablyDeteriorated)
{
    /// <summary>Reliable improvement and recovery together.</summary>
    public bool ReliablyRecovered => Recovered && ReliablyImproved;
}

/// <summary>How a score has moved since the start, at four to six weeks (domain.md §5, on-track rules).</summary>
public enum Track
{
    /// <summary>Fell by five or more.</summary>
    Adequate,
    /// <summary>Fell by two to four: share with the client, maybe change.</summary>
    ProbablyInadequate,
    /// <summary>Fell by at most one, or rose: act.</summary>
    Inadequate,
}

/// <summary>The outcome rules as functions of totals. Thresholds come from the instruments' data.</summary>
public static class OutcomeRules
{
    /// <summary>Compares the last pair of totals with the first.</summary>
    public static Outcome Evaluate(PairedScore first, PairedScore last, Instrument phq9, Instrument gad7)
    {
        var wasCase = first.Phq9 >= phq9.Caseness || first.Gad7 >= gad7.Caseness;
        var recovered = wasCase && last.Phq9 < phq9.Caseness && last.Gad7 < gad7.Caseness;
        var fell = first.Phq9 - last.Phq9 >= phq9.ReliableChange || first.Gad7 - last.Gad7 >= gad7.ReliableChange;
        var rose = last.Phq9 - first.Phq9 >= phq9.ReliableChange || last.Gad7 - first.Gad7 >= gad7.ReliableChange;
        return new(wasCase, recovered, fell && !rose, rose && !fell);
    }

    /// <summary>The response of a PHQ-9 total against its baseline at four to six weeks.</summary>
    public static Track TrackOf(int baseline, int now) => (baseline - now) switch
    {
        >= 5 => Track.Adequate,
        >= 2 => Track.ProbablyInadequate,
        _ => Track.Inadequate,
    };

    /// <summary>True if a PHQ-9 total this high this late predicts non-response (domain.md §5 [SCHU]: 17 at week 4, 13 at week 9, 9 at week 14). A prompt to look, never a verdict.</summary>
    public static bool PredictsNonResponse(int week, int phq9) => week switch
    {
        >= 14 => phq9 >= 9,
        >= 9 => phq9 >= 13,
        >= 4 => phq9 >= 17,
        _ => false,
    };

    /// <summary>PHQ-9 of 16 and above counts as more severe when choosing treatment (domain.md §1.3 [NG222]).</summary>
    public static bool IsMoreSevere(int phq9) => phq9 >= 16;
}
