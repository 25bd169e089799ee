namespace IptCloud.Jobs.Messages;

/// <summary>When a message that did not get through is tried again: after 1, 2, 4, … 60 minutes, for about a day.</summary>
internal static class Backoff
{
    private const int MostAttempts = 30;
    private const int MostMinutes = 60;

    /// <summary>The pause after an attempt, in system time; null when it was the last.</summary>
    public static TimeSpan? After(int attempt) =>
        attempt >= MostAttempts ? null : TimeSpan.FromMinutes(Math.Min(MostMinutes, 1 << Math.Clamp(attempt - 1, 0, 10)));
}
