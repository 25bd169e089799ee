using System.ComponentModel.DataAnnotations;

namespace IptCloud.Stripe.Billing;

/// <summary>How Stripe is reached.</summary>
public sealed class StripeSettings
{
    /// <summary>Lookup key of the price of one therapist seat for one month.</summary>
    public const string SeatPrice = "iptcloud-seat-month";

    /// <summary>The secret key.</summary>
    [Required]
    public string ApiKey { get; set; } = "";

    /// <summary>The endpoint's secret; several, apart by spaces, while one is being replaced.</summary>
    [Required]
    public string WebhookSecret { get; set; } = "";

    /// <summary>Another address than Stripe's own, for the simulator; null: Stripe.</summary>
    public Uri? ApiBase { get; set; }

    /// <summary>Where the portal is reached; every way back starts with it.</summary>
    [Required]
    public Uri? PublicUrl { get; set; }

    /// <summary>True if real money moves. Events must say the same.</summary>
    public bool IsLive => ApiKey.StartsWith("sk_live_", StringComparison.Ordinal) || ApiKey.StartsWith("rk_live_", StringComparison.Ordinal);
}
