namespace IptCloud.Domain.Networks;

/// <summary>Every refusal about people, invitations and deputies.</summary>
public static class PeopleRefusals
{
    /// <summary>No such member here, or beyond the actor's reach.</summary>
    public static Refusal NotYours { get; } = new("people.not-yours", "", "You may not change this person. An owner of the network, or an admin of all their clinics, can.");

    /// <summary>The network would be without an owner.</summary>
    public static Refusal LastOwner { get; } = new("people.last-owner", "", "This is the network’s last owner. Make somebody else an owner first.");

    /// <summary>Only owners change owners.</summary>
    public static Refusal OwnersOnly { get; } = new("people.owners-only", "roles", "Only an owner makes or unmakes an owner.");

    /// <summary>The platform's role.</summary>
    public static Refusal OpsByVerb { get; } = new("people.ops-by-verb", "roles", "The role Ops belongs to the platform and cannot be given or taken here.");

    /// <summary>No role.</summary>
    public static Refusal NoRole { get; } = new("people.no-role", "roles", "Choose at least one role.");

    /// <summary>A role without a clinic.</summary>
    public static Refusal NoClinic { get; } = new("people.no-clinic", "clinics", "Choose at least one clinic: these roles hold in clinics.");

    /// <summary>A clinic that is not the actor's.</summary>
    public static Refusal OtherClinic { get; } = new("people.other-clinic", "clinics", "Choose among the clinics that you set up.");

    /// <summary>Nobody shuts themselves out.</summary>
    public static Refusal Oneself { get; } = new("people.oneself", "", "You cannot suspend or remove yourself. Somebody else who sets up people can.");

    /// <summary>Courses would be without a therapist.</summary>
    public static Refusal OpenCourses(int count) => new("people.open-courses", "", count == 1 ? "One open course is theirs. Hand it over first." : $"{count} open courses are theirs. Hand them over first.");

    /// <summary>A clinic's alerts would reach nobody.</summary>
    public static Refusal DutyLead { get; } = new("people.duty-lead", "", "They are the duty lead of a clinic. Name another one there first: alerts must reach somebody.");

    /// <summary>Changed meanwhile.</summary>
    public static Refusal Gone { get; } = new("people.gone", "", "Somebody changed this meanwhile. This is how it stands now.");

    /// <summary>A member already.</summary>
    public static Refusal AlreadyMember { get; } = new("people.already-member", "email", "Somebody with this address belongs to the network already.");

    /// <summary>Invited already.</summary>
    public static Refusal AlreadyInvited { get; } = new("people.already-invited", "email", "This address has an open invitation. Send that one again, or revoke it.");

    /// <summary>The invitation holds no longer.</summary>
    public static Refusal InviteOver { get; } = new("people.invite-over", "", "This invitation was used, taken back, or is older than seven days. Ask whoever invited you for a new one.");

    /// <summary>The invitation is for somebody else.</summary>
    public static Refusal OtherAddress { get; } = new("people.other-address", "", "This invitation is for another e-mail address than the one you are signed in with. Nothing was changed.");

    /// <summary>No therapist of a shared clinic.</summary>
    public static Refusal NotADeputy { get; } = new("people.not-a-deputy", "deputy", "Choose a therapist who works in one of the same clinics.");

    /// <summary>Ends before it begins, or in the past.</summary>
    public static Refusal Until { get; } = new("people.until", "until", "The last day must be today or later, and not before the first.");

    /// <summary>Too long.</summary>
    public static Refusal TooLong { get; } = new("people.too-long", "until", "Nobody is deputised for longer than three months. Hand the caseload over instead.");
}
