using System.Collections.Immutable;
using IptCloud.Domain.Time;

namespace IptCloud.Host.Demo;

/// <summary>All cases: those the demo starts with, and those referred while it runs.</summary>
internal static class DemoCases
{
    /// <summary>How far back the history reaches.</summary>
    public static readonly TimeSpan History = TimeSpan.FromDays(182);

    private static readonly ImmutableArray<int> Hours = [9, 10, 11, 13, 14, 15, 16];

    /// <summary>The number of courses that are seeded.</summary>
    public static int Count => Fates.Yours.Length + Fates.London.Length + Fates.NewYork.Length;

    /// <summary>The cases to seed, so that their histories end at <paramref name="end"/>.</summary>
    public static ImmutableArray<DemoCase> Seeded(DateTimeOffset end) => [.. Enumerable.Range(0, Count).Select(i => Of(i, end))];

    /// <summary>A case by its number. Beyond the seeded ones: a client referred at <paramref name="now"/>.</summary>
    public static DemoCase Of(int index, DateTimeOffset now)
    {
        if (index < Fates.Yours.Length) return YourCase(index, now);
        var scripted = index - Fates.Yours.Length;
        var inLondon = scripted < Fates.London.Length;
        if (index < Count)
            return inLondon
                ? Scripted(index, scripted, DemoNetwork.ElmStreet, Fates.London[scripted], now)
                : Scripted(index, scripted - Fates.London.Length, DemoNetwork.HarbourHouse, Fates.NewYork[scripted - Fates.London.Length], now);
        return Scripted(index, index, DemoNetwork.Clinics[index % 2], Fates.Later(DemoCase.DiceOf(index)), now);
    }

    /// <summary>No two cases of a clinic share an hour of the week, so that handing one over never books a therapist twice.</summary>
    private static DemoCase Scripted(int index, int place, DemoClinic clinic, Fate fate, DateTimeOffset now)
    {
        var slot = place * 11 % (5 * Hours.Length);
        var therapists = DemoNetwork.Therapists(clinic);
        var referred = now.AddDays(-fate.DaysAgo).AddHours(-DemoCase.DiceOf(index).Between(0, 5, "referred"));
        return new(index, therapists[place % therapists.Length], clinic, fate, referred, (DayOfWeek)(1 + (slot / Hours.Length)), new(Hours[slot % Hours.Length], 0));
    }

    /// <summary>Referred so many weeks before the known session that the weekly sessions arrive at its number on its day.</summary>
    private static DemoCase YourCase(int index, DateTimeOffset now)
    {
        var (day, hour, number, fate) = Fates.Yours[index];
        var clinic = DemoNetwork.ElmStreet;
        var at = TimeOnly.FromTimeSpan(TimeSpan.FromHours(hour));
        // The alert is to be some hours old, whatever the time of day: its session is the next one at that hour.
        var today = LocalTime.DateOf(fate.Loose == Loose.Alert ? now.AddMinutes(-30) : now, clinic.Zone);
        if (fate.Loose == Loose.Alert && LocalTime.ToLocal(now.AddMinutes(-30), clinic.Zone).TimeOfDay > at.ToTimeSpan()) today = today.AddDays(1);
        var known = today.AddDays(day).ToDateTime(at);
        var referred = LocalTime.ToInstant(known.AddDays(-7 * (number - 1) - 6), clinic.Zone);
        return new(index, DemoNetwork.Yours, clinic, fate, referred, known.DayOfWeek, at);
    }
}
