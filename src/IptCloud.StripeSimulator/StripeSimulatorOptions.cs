namespace IptCloud.StripeSimulator;

/// <summary>How a simulated Stripe is run.</summary>
public sealed record StripeSimulatorOptions
{
    /// <summary>The SQLite file that holds everything; made if it is not there.</summary>
    public required string DatabaseFile { get; init; }

    /// <summary>Where it listens: a loopback address over http, such as <c>http://localhost:5081</c>. Port 0 takes a
    /// free one.</summary>
    public required Uri Url { get; init; }

    /// <summary>The secret key that requests must bear.</summary>
    public string ApiKey { get; init; } = "sk_test_simulator";

    /// <summary>Where events are sent besides the endpoints that were created by API; none if null.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>What the events sent to <see cref="WebhookUrl"/> are signed with.</summary>
    public string WebhookSecret { get; init; } = "whsec_simulator";

    /// <summary>Whether a subscription is cancelled, not left unpaid, when all tries to charge its card have failed.</summary>
    public bool CancelAfterLastTry { get; init; }

    /// <summary>Real time; the simulator's own clock runs ahead of it by what it was moved.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
