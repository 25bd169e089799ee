namespace IptCloud.Domain.Audit;

/// <summary>What was done with a network's keys, as the detail of a <see cref="AuditActions.Key"/> entry. Stored: a code never changes its meaning.</summary>
public static class KeyDeeds
{
    /// <summary>A process unwrapped the data keys, to open and seal records with them until it ends.</summary>
    public const string Opened = "opened";
    /// <summary>A new data key was made.</summary>
    public const string Rotated = "rotated";
    /// <summary>The data keys were wrapped with another master key.</summary>
    public const string Rewrapped = "rewrapped";
    /// <summary>Records were sealed anew.</summary>
    public const string Resealed = "resealed";
    /// <summary>The data keys were deleted.</summary>
    public const string Erased = "erased";
}

/// <summary>What the platform did for a network, as the detail of a <see cref="AuditActions.Support"/> entry. Stored: a code never changes its meaning.</summary>
public static class OpsDeeds
{
    /// <summary>A member was given the platform's role.</summary>
    public const string Granted = "ops.granted";
    /// <summary>It was taken back.</summary>
    public const string Revoked = "ops.revoked";
    /// <summary>The speed of the clinic clock was changed.</summary>
    public const string Clock = "clock.speed";
}
