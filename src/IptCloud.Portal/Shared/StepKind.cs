namespace IptCloud.Portal.Shared;

/// <summary>What became of a booked session: the six attendance codes. Only the first two count.</summary>
public enum StepKind
{
    /// <summary>Attended on time.</summary>
    Attended,

    /// <summary>Arrived late and was seen.</summary>
    AttendedLate,

    /// <summary>Arrived too late to be seen.</summary>
    ArrivedNotSeen,

    /// <summary>Did not attend and gave no notice.</summary>
    DidNotAttend,

    /// <summary>Cancelled by or for the client.</summary>
    CancelledByClient,

    /// <summary>Cancelled or moved by the service.</summary>
    CancelledByService,
}

/// <summary>Words for a <see cref="StepKind"/>.</summary>
public static class StepKinds
{
    /// <summary>Whether the session has a number.</summary>
    public static bool Counts(this StepKind kind) => kind is StepKind.Attended or StepKind.AttendedLate;

    /// <summary>Whether it was called off, as opposed to missed.</summary>
    public static bool Cancelled(this StepKind kind) => kind is StepKind.CancelledByClient or StepKind.CancelledByService;

    /// <summary>In words, lower case.</summary>
    public static string Words(this StepKind kind) => kind switch
    {
        StepKind.Attended => "attended",
        StepKind.AttendedLate => "attended, arrived late",
        StepKind.ArrivedNotSeen => "arrived too late to be seen",
        StepKind.DidNotAttend => "did not attend",
        StepKind.CancelledByClient => "cancelled by the client",
        _ => "cancelled by the service",
    };
}
