namespace IptCloud.Portal.Shared;

/// <summary>Where things stand on one drawing of a <see cref="ScoreChart"/>.</summary>
internal sealed class ChartPlot(bool narrow, ScoreScale scale, DateOnly from, DateOnly to)
{
    internal bool Narrow => narrow;
    internal int Width => narrow ? 300 : 640;
    internal int Height => narrow ? 314 : 358;
    internal int Left => narrow ? 24 : 56;
    internal int Right => narrow ? 244 : 556;
    /// <summary>Above it are two lines: the phases, and below them the number of a score that reaches the top.</summary>
    internal int Top { get; } = 40;
    internal int Bottom => narrow ? 266 : 306;
    internal int Wide => Right - Left;

    internal double X(DateOnly date) =>
        Left + 12 + (Wide - 24) * (double)(date.DayNumber - from.DayNumber) / Math.Max(1, to.DayNumber - from.DayNumber);

    internal double Y(double score) => Bottom - Math.Clamp(score / scale.Max, 0, 1) * (Bottom - Top);

    /// <summary>Runs of returned scores. A score that is missing ends a run, so the line has a gap.</summary>
    internal static IEnumerable<IReadOnlyList<ScorePoint>> Runs(IEnumerable<ScorePoint> points)
    {
        var run = new List<ScorePoint>();
        foreach (var point in points.OrderBy(p => p.Date))
        {
            if (point.Score is not null)
            {
                run.Add(point);
                continue;
            }

            if (run.Count > 0) yield return run;
            run = [];
        }

        if (run.Count > 0) yield return run;
    }

    internal string Line(IEnumerable<ScorePoint> run) =>
        string.Join(' ', run.Select(p => $"{Uk.N(X(p.Date))},{Uk.N(Y(p.Score!.Value))}"));

    /// <summary>The edges of a band. Bands meet at the lower one's next score, so no stripe is left between them.</summary>
    internal (double Y, double Height) Band(ScoreBand band)
    {
        var top = Y(band.To >= scale.Max ? scale.Max : band.To + 1);
        return (top, Y(band.From) - top);
    }

    internal IEnumerable<int> ScoreTicks => scale.Bands.Select(b => b.From).Append(0).Append(scale.Max).Distinct();

    /// <summary>Whole weeks apart, as many as fit.</summary>
    internal IEnumerable<DateOnly> DateTicks
    {
        get
        {
            var room = narrow ? 44 : 70;
            int[] steps = [1, 2, 4, 8, 13, 26, 52, 104];
            var weeks = steps.FirstOrDefault(w => X(from.AddDays(7 * w)) - X(from) >= room, 208);
            for (var date = from; date <= to; date = date.AddDays(7 * weeks))
                yield return date;
        }
    }

    /// <summary>The items whose label has room beside the label before it. The last always has one.</summary>
    internal IReadOnlySet<DateOnly> Labelled(IEnumerable<DateOnly> dates)
    {
        var all = dates.OrderBy(d => d).ToList();
        var chosen = new HashSet<DateOnly>();
        if (all.Count == 0) return chosen;
        var lastX = X(all[^1]);
        var previous = double.MinValue;
        foreach (var date in all.Take(all.Count - 1).Where(d => X(d) - previous >= Room && lastX - X(d) >= Room).ToList())
        {
            if (X(date) - previous < Room) continue;
            chosen.Add(date);
            previous = X(date);
        }

        chosen.Add(all[^1]);
        return chosen;
    }

    /// <summary>Rows for event flags, so that near ones stand under each other.</summary>
    internal IReadOnlyList<(ChartEvent Event, char Letter, double X, double Y)> Flags(IEnumerable<ChartEvent> events)
    {
        var placed = new List<(ChartEvent, char, double X, double Y)>();
        foreach (var item in events.OrderBy(e => e.Date).Take(26))
        {
            var row = 0;
            while (placed.Any(p => Math.Abs(p.X - X(item.Date)) < 20 && p.Y == FlagY(row))) row++;
            placed.Add((item, (char)('A' + placed.Count), X(item.Date), FlagY(row)));
        }

        return placed;
    }

    private double Room => narrow ? 17 : 20;
    private double FlagY(int row) => Bottom - 12 - 20 * row;
}
