namespace IptCloud.Domain.Audit;

/// <summary>What was changed among the people and settings of a network. The code is a stored format: it never changes its meaning.</summary>
/// <param name="Code">Stored as the entry's detail.</param>
/// <param name="Words">Shown; completes "She …".</param>
public sealed record SettingsChange(string Code, string Words)
{
    /// <summary>Somebody signed the network up.</summary>
    public static readonly SettingsChange Founded = new("network.founded", "founded the network");
    /// <summary>The protocol that referrals propose, and with the first the trial.</summary>
    public static readonly SettingsChange Protocol = new("network.protocol", "chose the protocol");
    /// <summary>A clinic was added.</summary>
    public static readonly SettingsChange ClinicAdded = new("clinic.added", "added a clinic");
    /// <summary>A clinic's details, duty lead or crisis lines.</summary>
    public static readonly SettingsChange ClinicChanged = new("clinic.changed", "changed a clinic");
    /// <summary>Roles and clinics of a member.</summary>
    public static readonly SettingsChange Roles = new("member.roles", "changed roles or clinics");
    /// <summary>A member was shut out.</summary>
    public static readonly SettingsChange Suspended = new("member.suspended", "suspended a member");
    /// <summary>A member was let in again.</summary>
    public static readonly SettingsChange Lifted = new("member.lifted", "lifted a suspension");
    /// <summary>A member was taken out of the network.</summary>
    public static readonly SettingsChange Removed = new("member.removed", "removed a member");
    /// <summary>A deputy was named for an absent therapist, who is the subject.</summary>
    public static readonly SettingsChange DeputyNamed = new("deputy.named", "named a deputy");
    /// <summary>A deputising was ended before its time; the subject is the absent therapist.</summary>
    public static readonly SettingsChange DeputyEnded = new("deputy.ended", "ended a deputising");
    /// <summary>Somebody was invited.</summary>
    public static readonly SettingsChange Invited = new("invite.sent", "invited somebody");
    /// <summary>An invitation was sent again.</summary>
    public static readonly SettingsChange InvitedAgain = new("invite.resent", "sent an invitation again");
    /// <summary>An invitation was taken back.</summary>
    public static readonly SettingsChange InviteRevoked = new("invite.revoked", "revoked an invitation");
    /// <summary>An invitation was accepted; the subject is the new member.</summary>
    public static readonly SettingsChange Joined = new("invite.accepted", "joined by an invitation");
    /// <summary>Seats kept and their ceiling.</summary>
    public static readonly SettingsChange Seats = new("plan.seats", "changed seats");
    /// <summary>The subscription was ordered: a Checkout page was asked for.</summary>
    public static readonly SettingsChange Ordered = new("plan.ordered", "opened the checkout");
    /// <summary>The subscription is to end with its period.</summary>
    public static readonly SettingsChange Cancelled = new("plan.cancelled", "cancelled the subscription");
    /// <summary>It goes on after all.</summary>
    public static readonly SettingsChange Resumed = new("plan.resumed", "resumed the subscription");
    /// <summary>Card and invoices were opened at the payment service.</summary>
    public static readonly SettingsChange PaymentOpened = new("plan.payment-opened", "opened card and invoices");
    /// <summary>The tax number for invoices.</summary>
    public static readonly SettingsChange TaxId = new("plan.tax-id", "changed the tax number");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SettingsChange> All { get; } = [Founded, Protocol, ClinicAdded, ClinicChanged, Roles, Suspended, Lifted, Removed, DeputyNamed, DeputyEnded, Invited, InvitedAgain, InviteRevoked, Joined, Seats, Ordered, Cancelled, Resumed, PaymentOpened, TaxId];

    /// <summary>The change of a stored code; null if this program does not know it.</summary>
    public static SettingsChange? Find(string? code) => All.FirstOrDefault(c => c.Code == code);
}
