namespace IptCloud.Data.Billing;

/// <summary>
/// The time by which trials end, payments are late and seats are billed: the payment service's. It is the system clock,
/// except beside the simulator, whose clock can be moved on.
/// </summary>
/// <param name="ahead">How far the payment service is ahead of the system clock.</param>
public sealed class BillingClock(TimeProvider system, Func<TimeSpan>? ahead = null)
{
    /// <summary>Now, in whole seconds: the payment service knows no smaller ones.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds((system.GetUtcNow() + (ahead?.Invoke() ?? TimeSpan.Zero)).ToUnixTimeSeconds());
}
