using System.Globalization;
using IptCloud.Data.Courses;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Time;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Desk;

/// <summary>A caseload card in words.</summary>
internal static class CardWords
{
    /// <summary>Statuses shown one by one; what is beyond is counted.</summary>
    private const int Most = 3;

    public static string Focus(CourseCardRow card) => Enum.TryParse<FocusArea>(card.Focus, out var area) ? Words.Of(area) : "Not chosen";

    public static string Phase(CourseCardRow card) => Enum.TryParse<Phase>(card.Phase, out var phase) ? Words.Of(phase) : "";

    /// <summary>Tue 24 Nov, 10:00</summary>
    public static string Day(DateTime local) => local.ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);

    public static IReadOnlyList<int?> Scores(string totals) =>
        [.. totals.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : (int?)null)];

    /// <summary>Where the course stands, then what waits in it, most urgent first.</summary>
    public static IReadOnlyList<(Tone Tone, string Words)> Status(CourseCardRow card, IEnumerable<InboxKind> waiting, string zone)
    {
        List<(Tone Tone, string Words)> tags = [.. waiting.Select(kind => (InboxWords.Tone(kind), InboxWords.Status(kind)))];
        if (card.ClosedAt is { } closed) tags.Add((Tone.Neutral, "Ended " + Uk.FullDate(LocalTime.DateOf(closed, zone))));
        else if (card.Status == nameof(CourseStatus.Referred)) tags.Add((Tone.Info, "Not started"));
        else if (card.Status == nameof(CourseStatus.OnHold)) tags.Add((Tone.Neutral, "On hold"));
        if (tags.Count == 0) tags.Add((Tone.Good, "Nothing waiting"));
        return tags.Count <= Most ? tags : [.. tags.Take(Most), (Tone.Neutral, $"and {tags.Count - Most} more")];
    }
}
