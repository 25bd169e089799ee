namespace IptCloud.Portal;

/// <summary>What the host tells the portal.</summary>
public sealed class PortalOptions
{
    /// <summary>The address under which the portal is reached. With https, cookies are Secure and bound to the host; the Host header is never asked.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Sign-ins that the sign-in page offers with one click. Embedded demo only; empty otherwise.</summary>
    public IReadOnlyList<DemoSignIn> DemoSignIns { get; set; } = [];

    /// <summary>Something that everybody who comes to sign in should know, such as that the demo is still being prepared; null most of the time.</summary>
    public Func<string?> Notice { get; set; } = () => null;

    /// <summary>Origins of the payment service, to which forms of ours may lead.</summary>
    public IReadOnlyList<string> PaymentOrigins { get; set; } = [];

    internal bool IsHttps => PublicUrl?.Scheme == Uri.UriSchemeHttps;
}

/// <summary>A member of the demo network, with the password that stands in the open on the sign-in page.</summary>
/// <param name="Role">In words, such as "Therapist at Riverside".</param>
public sealed record DemoSignIn(string Name, string Role, string Email, string Password);
