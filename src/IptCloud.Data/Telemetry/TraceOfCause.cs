using System.Diagnostics;

namespace IptCloud.Data.Telemetry;

/// <summary>
/// The trace that caused something which is acted on later, by another process: stored with deadline and message, and linked
/// by whoever acts. Only a trace that is kept is worth a link.
/// </summary>
public static class TraceOfCause
{
    /// <summary>The current trace, as a W3C <c>traceparent</c>; null if none is recorded.</summary>
    public static string? Now => Activity.Current is { Recorded: true } activity ? activity.Id : null;

    /// <summary>Links a span to what caused it.</summary>
    public static void Link(Activity? span, string? cause)
    {
        if (span is not null && ActivityContext.TryParse(cause, null, isRemote: true, out var context)) span.AddLink(new(context));
    }
}
