namespace IptCloud.Portal.Access;

/// <summary>Where to go after signing in: only ever a page of this portal.</summary>
internal static class ReturnTo
{
    /// <summary>The address if it is a path of this portal; otherwise My day.</summary>
    public static string Page(string? address) =>
        address is ['/', not ('/' or '\\'), ..] && !address.StartsWith("/sign-", StringComparison.Ordinal) && !address.Any(char.IsControl) ? address : "/";

    /// <summary>True if the page is an invitation, which also somebody without a network may open.</summary>
    public static bool IsInvitation(string? address) => Page(address).StartsWith("/t/invitation/", StringComparison.Ordinal);
}
