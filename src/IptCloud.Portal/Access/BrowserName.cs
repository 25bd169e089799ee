namespace IptCloud.Portal.Access;

/// <summary>A browser in words that its owner recognises. No version: it would only tell browsers apart.</summary>
internal static class BrowserName
{
    // The first that fits: Edge and Opera call themselves Chrome, and Chrome calls itself Safari.
    private static readonly (string Sign, string Name)[] Families = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Sign, string Name)[] Systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    public static string Of(string userAgent) => $"{Find(Families, userAgent) ?? "A browser"} on {Find(Systems, userAgent) ?? "an unknown device"}";

    private static string? Find((string Sign, string Name)[] known, string userAgent) => known.FirstOrDefault(k => userAgent.Contains(k.Sign, StringComparison.Ordinal)).Name;
}
