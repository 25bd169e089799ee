namespace IptCloud.StripeSimulator.Billing;

internal static class Proration
{
    /// <summary>The part of a period's price that falls on some of its seconds, rounded half away from zero.</summary>
    public static long Part(long unitAmount, long quantity, long seconds, long periodSeconds)
    {
        var whole = (Int128)unitAmount * quantity * seconds;
        return (long)((2 * whole + periodSeconds) / (2 * (Int128)periodSeconds));
    }
}
