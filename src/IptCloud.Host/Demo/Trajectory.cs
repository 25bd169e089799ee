using System.Collections.Immutable;
using IptCloud.Domain.Measures;

namespace IptCloud.Host.Demo;

/// <summary>
/// How a client's scores move. Starts and ends follow the published distribution of NHS Talking Therapies (domain.md §4.7:
/// PHQ-9 15.4 (SD 5.5) → 9.4 (6.4); GAD-7 14.0 (4.5) → 8.4 (5.7)). Quantiles are spread evenly over the cases, so that
/// sixty of them have the mean of many.
/// </summary>
internal sealed class Trajectory(DemoCase story)
{
    private const int SafetyItem = 9;
    private const double Share = 0.5;

    private readonly double severity = Quantile(VanDerCorput(story.Index + 1, 2));
    private readonly double response = Mixed(Quantile(VanDerCorput(story.Index + 1, 2)), Quantile(VanDerCorput(story.Index + 1, 5)));

    /// <summary>The answers to a form before the session of this number; null for an item that the client declined.</summary>
    public ImmutableSortedDictionary<int, int?> Answers(Instrument instrument, int number, bool atRisk)
    {
        var safety = instrument.SafetyItem is null ? 0 : Safety(number, atRisk);
        var total = Total(instrument.Id, number);
        var items = Spread(total, instrument, safety, number);
        if (instrument.Difficulty is not null) items[instrument.DifficultyNumber] = Math.Min(3, (total + 4) / 8);
        if (story.Index % 17 == 11 && number == 4) items[instrument.Items.Length - 2] = null;
        return items.ToImmutable();
    }

    /// <summary>The total aimed at: from start to end, fast at first, with the ups and downs of ordinary weeks.</summary>
    public int Total(string instrument, int number)
    {
        var (first, last, most) = instrument == "phq-9" ? (15.4 + (5.5 * severity), 9.4 + (6.4 * response), 27.0)
            : (14.0 + (4.5 * Mixed(severity, Quantile(VanDerCorput(story.Index + 1, 3)))), 8.4 + (5.7 * Mixed(response, Quantile(VanDerCorput(story.Index + 1, 7)))), 21.0);
        if (story.Fate is { EndAfter: not null, End: Domain.Courses.CourseEnd.CompletedEarly }) last = Math.Min(last, 6);
        var sessions = (story.Fate.EndAfter ?? story.Fate.Contract) - 1.0;
        var way = Math.Min(1, (1 - Math.Exp(-(number - 1) / 5.0)) / (1 - Math.Exp(-Math.Max(1, sessions) / 5.0)));
        var noise = number == 1 ? 0 : (story.Dice.Roll($"{instrument}/{number}") - 0.5) * 5 * (way < 1 ? 1 : 0.3);
        return (int)Math.Round(Math.Clamp(first + ((last - first) * way) + noise, 0, most));
    }

    /// <summary>One client in seven has thoughts of self-harm when treatment begins; they fade with it.</summary>
    private int Safety(int number, bool atRisk) =>
        atRisk ? 2
        : story.Index % 7 == 3 && story.Fate.Loose != Loose.Alert ? number switch { 1 => story.Index % 14 == 3 ? 2 : 1, 2 or 3 => 1, _ => 0 }
        : story.Index % 7 == 5 && number == 5 ? 1 : 0;

    private ImmutableSortedDictionary<int, int?>.Builder Spread(int total, Instrument instrument, int safety, int number)
    {
        var items = ImmutableSortedDictionary.CreateBuilder<int, int?>();
        foreach (var item in instrument.Items) items[item.Number] = item.Number == instrument.SafetyItem ? safety : 0;
        for (var left = total - safety; left > 0; left--)
        {
            var next = instrument.Items.Where(i => items[i.Number] < 3 && (i.Number != SafetyItem || instrument.SafetyItem is null))
                .MaxBy(i => (story.Dice.Roll($"{instrument.Id} item {i.Number}") * 1.6) + (story.Dice.Roll($"{instrument.Id} item {i.Number} at {number}") * 0.8) - items[i.Number]);
            if (next is null) break;
            items[next.Number]++;
        }

        return items;
    }

    /// <summary>Two standard normal values made one that is half the first.</summary>
    private static double Mixed(double a, double b) => (Share * a) + (Math.Sqrt(1 - (Share * Share)) * b);

    /// <summary>The standard normal quantile, by Tukey's lambda: within 0.01 where it matters.</summary>
    private static double Quantile(double p) => (Math.Pow(p, 0.135) - Math.Pow(1 - p, 0.135)) / 0.1975;

    /// <summary>Numbers that fill the interval evenly, in whatever order they are used.</summary>
    private static double VanDerCorput(int n, int numeralBase)
    {
        var (value, share) = (0.0, 1.0 / numeralBase);
        for (; n > 0; n /= numeralBase, share /= numeralBase) value += n % numeralBase * share;
        return value;
    }
}
