using System.Collections.Immutable;

namespace IptCloud.Domain.Networks;

/// <summary>
/// The name that clients see as sender. It lies on their lock screen, in their mailbox and beside a caller's number: it must
/// not tell a bystander what kind of service writes to them.
/// </summary>
public static class SenderNames
{
    /// <summary>Longest name that is shown whole on a phone.</summary>
    public const int Longest = 40;

    // Beginnings of words, in lower case. They err on the side of asking for another name.
    private static readonly ImmutableArray<string> Telling =
    [
        "psych", "therap", "counsel", "mental", "depress", "anxi", "wellbeing", "wellness", "mood", "mind", "grief", "bereave", "trauma", "crisis", "suicid",
        "addict", "behavio", "emotion", "interpersonal", "ipt", "cbt", "iapt", "camhs", "cmht", "nhs", "hospital", "clinic", "patient", "treat", "recover", "healing", "talking",
    ];

    /// <summary>The words of the name that tell; empty if it is neutral.</summary>
    public static ImmutableArray<string> Disclosing(string? name) =>
        [.. (name ?? "").Split([' ', ',', '.', '/', '&', '(', ')', '-', '–', ':'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(w => Telling.Any(t => t.Length <= 4 && t is "ipt" or "cbt" or "nhs" ? w.Equals(t, StringComparison.OrdinalIgnoreCase) : w.StartsWith(t, StringComparison.OrdinalIgnoreCase))).Distinct()];

    /// <summary>What is wrong with a name; null if nothing is.</summary>
    public static Refusal? Check(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return new("sender.missing", "sender", "Enter a neutral name for messages, such as the house or the street.");
        if (name.Trim().Length > Longest) return new("sender.too-long", "sender", $"Shorten the name to {Longest} characters.");
        if (name.Any(c => char.IsControl(c) || c is '<' or '>' or '"' or '@')) return new("sender.signs", "sender", "Leave out signs that do not belong in a name.");
        return Disclosing(name) is { IsEmpty: false } words ? new("sender.discloses", "sender", $"“{string.Join("”, “", words)}” tells what kind of service it is. Choose a name that a bystander could read, such as “Elm Street”.") : null;
    }
}
