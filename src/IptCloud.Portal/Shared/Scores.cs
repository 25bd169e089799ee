namespace IptCloud.Portal.Shared;

/// <summary>How a measure is read. Every figure is data: nothing about an instrument is built in.</summary>
/// <param name="Name">Its short name, such as PHQ-9.</param>
/// <param name="Max">The highest possible score.</param>
/// <param name="Bands">Severity bands, lowest first, no gaps.</param>
/// <param name="Cutoff">The clinical cut-off, when it has one.</param>
/// <param name="ReliableChange">By how much a score must move to be more than noise.</param>
public sealed record ScoreScale(string Name, int Max, IReadOnlyList<ScoreBand> Bands, int? Cutoff = null, int? ReliableChange = null)
{
    /// <summary>The band of a score; null when no band holds it.</summary>
    public ScoreBand? BandOf(int score) => Bands.FirstOrDefault(b => score >= b.From && score <= b.To);
}

/// <summary>A severity band, both ends included.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">Lowest score.</param>
/// <param name="To">Highest score.</param>
/// <param name="ShortName">For drawings, where a name over some 12 letters does not fit.</param>
public sealed record ScoreBand(string Name, int From, int To, string? ShortName = null);

/// <summary>One asking of a measure.</summary>
/// <param name="Date">The day it was answered or due.</param>
/// <param name="Score">The total; null when it was not returned, which leaves a gap in the line.</param>
/// <param name="Occasion">Such as "Session 3".</param>
public sealed record ScorePoint(DateOnly Date, int? Score, string Occasion);

/// <summary>The day a phase began or is planned to begin.</summary>
/// <param name="Name">Initial, Middle or Ending.</param>
/// <param name="From">Its first day.</param>
public sealed record ChartPhase(string Name, DateOnly From);

/// <summary>Something in the client's life or care that explains a score.</summary>
/// <param name="Date">Its day.</param>
/// <param name="Text">In a few words.</param>
public sealed record ChartEvent(DateOnly Date, string Text);

/// <summary>A session as a mark under the chart.</summary>
/// <param name="Date">Its day.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Number">Its number when it counts.</param>
public sealed record ChartSession(DateOnly Date, StepKind Kind, int? Number = null);
