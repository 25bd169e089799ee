namespace IptCloud.Portal.Shared;

/// <summary>What a tag, count, banner or entry means. Each tone has a shape as well as a colour.</summary>
public enum Tone
{
    /// <summary>Nothing to say: a ring.</summary>
    Neutral,

    /// <summary>As hoped: a tick.</summary>
    Good,

    /// <summary>Look at it soon: a diamond.</summary>
    Watch,

    /// <summary>Act now: a triangle.</summary>
    Alert,

    /// <summary>Worth knowing: a square.</summary>
    Info,
}

internal static class ToneCss
{
    internal static string Css(this Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Watch => "watch",
        Tone.Alert => "alert",
        Tone.Info => "info",
        _ => "neutral",
    };
}
