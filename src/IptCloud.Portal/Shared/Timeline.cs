namespace IptCloud.Portal.Shared;

/// <summary>One thing that happened.</summary>
/// <param name="When">As read by the member, in their zone.</param>
/// <param name="What">In a sentence.</param>
/// <param name="By">Who did it; null when the system did.</param>
public sealed record TimelineEntry(string When, string What, string? By = null)
{
    /// <summary>For the datetime attribute.</summary>
    public string? Machine { get; init; }

    /// <summary>More words, such as a reason.</summary>
    public string? Detail { get; init; }

    /// <summary>Where to read on.</summary>
    public string? Href { get; init; }

    /// <summary>Its weight.</summary>
    public Tone Tone { get; init; }
}

/// <summary>A count at the head of a page.</summary>
/// <param name="Count">How many.</param>
/// <param name="Label">Of what.</param>
/// <param name="Href">Where they are listed.</param>
/// <param name="Tone">Alert and watch are marked, unless the count is nought.</param>
public sealed record SummaryCount(int Count, string Label, string? Href = null, Tone Tone = Tone.Neutral);
