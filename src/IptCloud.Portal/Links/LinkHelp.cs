using IptCloud.Data.Networks;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Links;

/// <summary>The frame of client pages: the clinic's neutral name and its crisis help, or help for everyone where no clinic is known.</summary>
internal static class LinkHelp
{
    private static readonly string[] EmergencyNumbers = ["999", "112", "911", "000"];

    private static readonly CrisisHelp Anyone = new("If your life is in danger, call the emergency services now: 999 in the United Kingdom, 112 in Europe, 911 in North America.", []);

    public static ClientShell Of(Clinic? clinic) => clinic is null ? new("Your message", Anyone) : new(clinic.SenderName, HelpOf(clinic));

    private static CrisisHelp HelpOf(Clinic clinic)
    {
        if (clinic.CrisisLines.IsEmpty) return Anyone;
        var emergency = clinic.CrisisLines.FirstOrDefault(l => EmergencyNumbers.Contains(l.Number.Trim()));
        var sentence = emergency is null ? "If your life is in danger, call the emergency services now." : $"If your life is in danger, call {emergency.Number.Trim()} now.";
        return new(sentence, [.. clinic.CrisisLines.Where(l => l.Number.Length > 0).Select(l => new HelpLine(l.Words, l.Number, ""))]);
    }
}
