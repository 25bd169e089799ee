using IptCloud.Domain.Clients;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Time;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Clients;

/// <summary>A client's record as typed.</summary>
public sealed class ClientForm
{
    private const int LongestPhone = 40;

    /// <summary>The name messages greet with.</summary>
    public string? GivenName { get; set; }
    /// <summary>Shown to staff only.</summary>
    public string? FamilyName { get; set; }
    /// <summary>IANA zone.</summary>
    public string? Zone { get; set; }
    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; set; }
    /// <summary>Address for messages.</summary>
    public string? Email { get; set; }
    /// <summary>"true" if ticked.</summary>
    public string? EmailConsent { get; set; }
    /// <summary>Number for calls by staff.</summary>
    public string? Phone { get; set; }
    /// <summary>"true" if ticked.</summary>
    public string? PhoneConsent { get; set; }
    /// <summary>"true" if ticked.</summary>
    public string? TimesConsent { get; set; }

    /// <summary>A stored record, to be edited.</summary>
    public static ClientForm Of(ClientRecord r) => new()
    {
        GivenName = r.GivenName,
        FamilyName = r.FamilyName,
        Zone = r.Zone,
        Language = r.Language,
        Email = r.Email,
        EmailConsent = Tick(r.EmailConsent),
        Phone = r.Phone,
        PhoneConsent = Tick(r.PhoneConsent),
        TimesConsent = Tick(r.TimesConsent),
    };

    /// <summary>The record, if everything typed is sound; otherwise the errors say what is not.</summary>
    /// <param name="prefix">The form's field prefix.</param>
    public ClientRecord? Read(FormErrors errors, string prefix)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var sound = true;
        var (given, family, email, phone) = (Trim(GivenName), Trim(FamilyName), Trim(Email), Trim(Phone));
        Demand(given.Length > 0, nameof(GivenName), "Enter the client’s given name, or the name they go by.");
        Demand(given.Length <= Texts.Line, nameof(GivenName), $"Shorten the given name to {Texts.Line} characters.");
        Demand(family.Length <= Texts.Line, nameof(FamilyName), $"Shorten the family name to {Texts.Line} characters.");
        Demand(LocalTime.IsZone(Zone), nameof(Zone), "Choose the time zone the client lives in.");
        Demand(Languages.All.Any(l => l.Value == Language), nameof(Language), "Choose the language for messages.");
        Demand(email.Length == 0 || MailText.IsAddress(email), nameof(Email), "Enter an e-mail address such as name@example.org.");
        Demand(email.Length > 0 || !Ticked(EmailConsent), nameof(Email), "Enter the address that the client agreed to be written to.");
        Demand(phone.Length == 0 || (phone.Length <= LongestPhone && phone.Any(char.IsAsciiDigit)), nameof(Phone), "Enter a phone number such as 020 7946 0000.");
        Demand(phone.Length > 0 || !Ticked(PhoneConsent), nameof(Phone), "Enter the number that the client agreed to be called on.");
        return sound
            ? new(given, family, Zone!, Language!, email.Length > 0 ? email : null, Ticked(EmailConsent), phone.Length > 0 ? phone : null, Ticked(PhoneConsent), Ticked(TimesConsent))
            : null;

        void Demand(bool holds, string field, string message)
        {
            if (holds) return;
            sound = false;
            errors.Add(prefix + field, message);
        }
    }

    /// <summary>The record in lines, for comparing two versions.</summary>
    public static string Lines(ClientRecord r) => string.Join('\n',
        $"Name: {r.FullName}", $"Time zone: {r.Zone}", $"Language: {r.Language}",
        $"E-mail: {r.Email ?? "none"}", $"May be written to: {YesNo(r.EmailConsent)}",
        $"Phone: {r.Phone ?? "none"}", $"May be called: {YesNo(r.PhoneConsent)}",
        $"Reminders may name day and time: {YesNo(r.TimesConsent)}");

    /// <summary>Whether a box came ticked.</summary>
    public static bool Ticked(string? box) => box == "true";

    private static string? Tick(bool on) => on ? "true" : null;

    private static string YesNo(bool on) => on ? "yes" : "no";

    private static string Trim(string? text) => Texts.Tidy(text);
}
