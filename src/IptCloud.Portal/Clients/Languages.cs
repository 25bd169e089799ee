using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Clients;

/// <summary>Languages a client may prefer. Messages fall back to English where there is no text yet.</summary>
internal static class Languages
{
    public const string Default = "en-GB";

    public static IReadOnlyList<Choice> All { get; } =
    [
        new("en-GB", "English (United Kingdom)"), new("en-US", "English (United States)"), new("ar", "Arabic"), new("bn", "Bengali"), new("zh", "Chinese"), new("fr", "French"), new("de", "German"), new("it", "Italian"),
        new("pl", "Polish"), new("pt", "Portuguese"), new("pa", "Punjabi"), new("ro", "Romanian"), new("so", "Somali"), new("es", "Spanish"), new("uk", "Ukrainian"),
        new("ur", "Urdu"), new("cy", "Welsh"),
    ];
}

/// <summary>The IANA zones of this machine.</summary>
internal static class Zones
{
    private static readonly Lazy<IReadOnlyList<Choice>> Known = new(() =>
        [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId && z.Id.Contains('/', StringComparison.Ordinal)).Select(z => z.Id).Order(StringComparer.Ordinal).Select(id => new Choice(id, id.Replace('_', ' ')))]);

    /// <summary>All of them, and the one in use if the machine does not list it.</summary>
    public static IReadOnlyList<Choice> With(string? current) =>
        string.IsNullOrEmpty(current) || Known.Value.Any(z => z.Value == current) ? Known.Value : [new(current, current), .. Known.Value];
}
