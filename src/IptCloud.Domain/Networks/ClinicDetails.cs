using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Time;

namespace IptCloud.Domain.Networks;

/// <summary>A clinic as it is set up.</summary>
/// <param name="SenderName">What clients see; see <see cref="SenderNames"/>.</param>
/// <param name="CrisisLines">One a line: words, a bar, a number.</param>
/// <param name="DutyLead">Told of every alert beside the therapist.</param>
public sealed record ClinicDetails(string Name, string Address, string SenderName, string Zone, string Phone, string CrisisLines, MemberId? DutyLead)
{
    /// <summary>Everything that is wrong with it.</summary>
    public ImmutableArray<Refusal> Check()
    {
        var lines = CrisisLines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. new[]
            {
                Texts.Required(Name, "name", "the clinic’s name", Texts.Line),
                Texts.Optional(Address, "address", "the address", Texts.Line),
                Texts.IsBlank(Name) && Texts.IsBlank(SenderName) ? null : SenderNames.Check(SenderName), // left empty it is the name
                LocalTime.IsZone(Zone) ? null : new Refusal("clinic.zone", "zone", "Choose the time zone of the clinic."),
                Phone.Length is > 0 and <= 40 && Phone.Any(char.IsAsciiDigit) ? null : new("clinic.phone", "phone", "Enter the number that clients may call, such as 020 7946 0000."),
                lines.Length == 0 ? new("clinic.crisis-none", "crisis", "Enter at least one place where a client finds help at once.") : null,
                Array.Find(lines, l => !IsLine(l)) is { } wrong ? new("clinic.crisis", "crisis", $"Write who answers, a bar, and the number: “Samaritans, day and night|116 123”. Not understood: “{wrong}”.") : null,
            }.OfType<Refusal>(),
        ];
    }

    private static bool IsLine(string line) => line.Split('|') is [var words, var number] && words.Trim().Length is > 0 and <= 100 && number.Any(char.IsAsciiDigit) && number.Length <= 40;
}

/// <summary>Where clients find help at once, by country: what a new clinic starts with. Its clinical lead confirms and adds to it.</summary>
/// <param name="Code">ISO 3166.</param>
/// <param name="Zone">The zone most likely meant.</param>
/// <param name="Lines">As in <see cref="ClinicDetails.CrisisLines"/>.</param>
public sealed record Country(string Code, string Name, string Zone, string Lines)
{
    /// <summary>The numbers are public and published by the services themselves; others follow as networks come on board.</summary>
    public static ImmutableArray<Country> All { get; } =
    [
        new("GB", "United Kingdom", "Europe/London", "Samaritans, day and night|116 123\nNHS mental health help|111\nEmergency services|999"),
        new("IE", "Ireland", "Europe/Dublin", "Samaritans, day and night|116 123\nEmergency services|112"),
        new("US", "United States", "America/New_York", "Suicide & Crisis Lifeline, day and night|988\nEmergency services|911"),
        new("CA", "Canada", "America/Toronto", "Suicide Crisis Helpline, day and night|988\nEmergency services|911"),
        new("AU", "Australia", "Australia/Sydney", "Lifeline, day and night|13 11 14\nEmergency services|000"),
        new("NZ", "New Zealand", "Pacific/Auckland", "Need to talk, day and night|1737\nEmergency services|111"),
        new("NL", "Netherlands", "Europe/Amsterdam", "113 Suicide prevention, day and night|113\nEmergency services|112"),
        new("DE", "Germany", "Europe/Berlin", "TelefonSeelsorge, day and night|0800 111 0 111\nEmergency services|112"),
    ];

    /// <summary>The country of a browser's language preferences; the United Kingdom if none is known.</summary>
    public static Country Of(string? acceptLanguage) =>
        (acceptLanguage ?? "").Split(',', ';').Select(l => l.Trim()).Where(l => l.Length == 5 && l[2] == '-').Select(l => All.FirstOrDefault(c => l.EndsWith(c.Code, StringComparison.OrdinalIgnoreCase))).OfType<Country>().FirstOrDefault() ?? All[0];
}
