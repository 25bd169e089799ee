using System.Globalization;
using System.Resources;
using IptCloud.Data.Access;

namespace IptCloud.Jobs.Messages;

/// <summary>The texts of staff letters, from resources. None names a network, a clinic, a client or a colleague.</summary>
internal static class LetterTexts
{
    /// <summary>Who the letters come from.</summary>
    public const string Sender = "IptCloud";

    private static readonly ResourceManager Resources = new(typeof(LetterTexts));
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>What stands outside the envelope.</summary>
    public static string Subject(LetterTemplate template) => Get(template + "Subject");

    /// <summary>The text with its link and facts.</summary>
    public static string Text(LetterTemplate template, string link, IReadOnlyList<string> facts)
    {
        var text = facts.Select((fact, i) => ($"{{{i}}}", fact)).Aggregate(Get(Name(template, facts)), (t, f) => t.Replace(f.Item1, f.fact, StringComparison.Ordinal));
        return string.Join("\n\n", Get("Greeting"), text.Replace("{link}", link, StringComparison.Ordinal), Get("Footer")) + "\n";
    }

    // A letter that was queued by an older program has no facts.
    private static string Name(LetterTemplate template, IReadOnlyList<string> facts) => facts.Count == 0 ? template.ToString() : $"{template}With{facts.Count}";

    private static string Get(string name) => Resources.GetString(name, British) ?? throw new MissingManifestResourceException($"There is no text '{name}'.");
}
