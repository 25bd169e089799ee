using System.Globalization;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Clients;

/// <summary>A referral as typed.</summary>
internal sealed class ReferralForm
{
    public const string NewClient = "new";

    /// <summary>The command's id: made with the page, so that a second click refers nobody twice. Course and new client get ids that follow from it.</summary>
    public string? Command { get; set; }
    public string? Client { get; set; }
    public string? Therapist { get; set; }
    public string? Protocol { get; set; }
    public string? Reason { get; set; }
    /// <summary>"true": start treatment at once, for a client of one's own.</summary>
    public string? Start { get; set; }
    public ClientForm Record { get; set; } = new();

    /// <summary>The value of a therapist's option: clinic and member, because a person may work in two clinics.</summary>
    public static string Key(ClinicId clinic, MemberId member) => $"{clinic}:{member}";

    /// <summary>The value of a protocol's option.</summary>
    public static string Key(Protocol protocol) => string.Create(CultureInfo.InvariantCulture, $"{protocol.Id}:{protocol.Version}");

    /// <summary>The field that a refusal belongs to.</summary>
    public static string FieldOf(string field) => field switch
    {
        "client" => "Form.Client",
        "therapist" => "Form.Therapist",
        "protocol" => "Form.Protocol",
        "reason" => "Form.Reason",
        _ => "",
    };

    /// <summary>The command, if therapist, protocol and reason are chosen from what is offered.</summary>
    public ReferCourse? Read(ReferralChoices choices, ClientId client, FormErrors errors)
    {
        var protocol = Catalog.Current.Protocols.FirstOrDefault(p => Key(p) == Protocol);
        if (!choices.Therapists.TryGetValue(Therapist ?? "", out var therapist)) errors.Add(FieldOf("therapist"), "Choose a therapist.");
        if (protocol is null) errors.Add(FieldOf("protocol"), "Choose a protocol.");
        if (Texts.IsBlank(Reason)) errors.Add(FieldOf("reason"), "Enter the reason for referral.");
        return errors.Any ? null : new(client, therapist.Member, therapist.Clinic, protocol!.Id, protocol.Version, Reason!);
    }
}
