using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using IptCloud.Domain;

namespace IptCloud.Grains.Courses;

/// <summary>What courses are asked and what they refuse. Kinds of command and codes of refusal are closed lists; no course, no network.</summary>
internal static class CourseMetrics
{
    private static readonly Meter Meter = new("IptCloud.Courses");
    private static readonly Counter<long> Commands = Meter.CreateCounter<long>("iptcloud.course.commands", "{command}", "Commands that courses decided on, by kind and outcome.");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("iptcloud.course.refusals", "{refusal}", "Refusals, by code.");

    public static void Decided(object command, ImmutableArray<Refusal> refusals)
    {
        Commands.Add(1, new KeyValuePair<string, object?>("command", command.GetType().Name), new("outcome", refusals.IsDefaultOrEmpty ? "accepted" : "refused"));
        foreach (var refusal in refusals) Refusals.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
    }
}
