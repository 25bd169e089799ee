namespace IptCloud.Testing;

/// <summary>The system's Chromium. Tests that use it carry <c>[Trait("Needs", "chromium")]</c>.</summary>
public static class Chromium
{
    /// <summary>No sandbox, because tests may run as root; nothing that talks to the outside by itself.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    public static string ExecutablePath => TestEnvironment.Require("CHROMIUM", "a Chromium to drive");
}
