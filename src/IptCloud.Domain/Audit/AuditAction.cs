using System.Collections.Frozen;

namespace IptCloud.Domain.Audit;

/// <summary>What was done, as the audit keeps it. The code is a stored format: it never changes its meaning.</summary>
/// <param name="Code">Stored.</param>
/// <param name="Words">Shown; completes "She …".</param>
/// <param name="Group">Where it stands in the filter of the audit page.</param>
public sealed record AuditAction(string Code, string Words, AuditGroup Group);

/// <summary>Kinds of actions, to choose from.</summary>
public enum AuditGroup
{
    /// <summary>A client's record was shown.</summary>
    Read,
    /// <summary>A client's record was changed, or was to be.</summary>
    Change,
    /// <summary>Signing in and out.</summary>
    SignIn,
    /// <summary>People, clinics and settings of the network.</summary>
    Network,
    /// <summary>Operations and support by the platform.</summary>
    Platform,
    /// <summary>Use of the network's keys.</summary>
    Keys,
    /// <summary>The audit itself.</summary>
    Audit,
}

/// <summary>The closed list of actions.</summary>
public static class AuditActions
{
    /// <summary>A page that shows a client's record and has no action of its own yet.</summary>
    public static readonly AuditAction Page = new("page.read", "opened a page with a client's record", AuditGroup.Read);
    /// <summary>My day.</summary>
    public static readonly AuditAction MyDay = new("my-day.read", "opened My day", AuditGroup.Read);
    /// <summary>A page of the caseload, searched or not.</summary>
    public static readonly AuditAction Caseload = new("caseload.read", "looked through the caseload", AuditGroup.Read);
    /// <summary>The list of clients who may be referred.</summary>
    public static readonly AuditAction Referral = new("referral.read", "opened the referral form with its list of clients", AuditGroup.Read);
    /// <summary>The client's record.</summary>
    public static readonly AuditAction Client = new("client.read", "opened the client record", AuditGroup.Read);
    /// <summary>The course as it stands.</summary>
    public static readonly AuditAction Course = new("course.read", "opened the course", AuditGroup.Read);
    /// <summary>The course as it stood.</summary>
    public static readonly AuditAction CourseAsOf = new("course.read-as-of", "opened the course as it stood on a day", AuditGroup.Read);
    /// <summary>Phases, tasks, contract, focus, formulation.</summary>
    public static readonly AuditAction Plan = new("plan.read", "opened the plan", AuditGroup.Read);
    /// <summary>Sessions, their notes and drafts.</summary>
    public static readonly AuditAction Sessions = new("sessions.read", "opened sessions and notes", AuditGroup.Read);
    /// <summary>A missed session's follow-up.</summary>
    public static readonly AuditAction FollowUp = new("follow-up.read", "opened a missed session's follow-up", AuditGroup.Read);
    /// <summary>Tasks between sessions.</summary>
    public static readonly AuditAction Homework = new("homework.read", "opened the tasks between sessions", AuditGroup.Read);
    /// <summary>The interpersonal inventory.</summary>
    public static readonly AuditAction Inventory = new("inventory.read", "opened the inventory", AuditGroup.Read);
    /// <summary>A measure's result or its form.</summary>
    public static readonly AuditAction Measure = new("measure.read", "opened a measure", AuditGroup.Read);
    /// <summary>An alert.</summary>
    public static readonly AuditAction Alert = new("alert.read", "opened an alert", AuditGroup.Read);
    /// <summary>Hold, transfer, end.</summary>
    public static readonly AuditAction Status = new("status.read", "opened the course's status", AuditGroup.Read);

    /// <summary>A command to a course; the detail names it.</summary>
    public static readonly AuditAction Command = new("course.change", "changed the course", AuditGroup.Change);
    /// <summary>A draft note was saved.</summary>
    public static readonly AuditAction Draft = new("note-draft.change", "saved a draft note", AuditGroup.Change);
    /// <summary>A client's record was made or changed.</summary>
    public static readonly AuditAction ClientChange = new("client.change", "changed the client record", AuditGroup.Change);
    /// <summary>A client opened the form behind a link.</summary>
    public static readonly AuditAction Link = new("link.read", "opened a form behind a link", AuditGroup.Read);

    /// <summary>Signed in.</summary>
    public static readonly AuditAction SignIn = new("sign-in", "signed in", AuditGroup.SignIn);
    /// <summary>Signed out.</summary>
    public static readonly AuditAction SignOut = new("sign-out", "signed out", AuditGroup.SignIn);
    /// <summary>A request that was turned away before it reached a record.</summary>
    public static readonly AuditAction Request = new("request", "asked for a page or an address that is not theirs to open", AuditGroup.SignIn);

    /// <summary>Messages and deadlines of the network.</summary>
    public static readonly AuditAction Ops = new("ops.read", "opened the operations pages", AuditGroup.Platform);
    /// <summary>Messages kept in the mailbox folder.</summary>
    public static readonly AuditAction Mailbox = new("mailbox.read", "opened the list of messages", AuditGroup.Platform);
    /// <summary>One message.</summary>
    public static readonly AuditAction Letter = new("letter.read", "opened a message", AuditGroup.Platform);
    /// <summary>The platform looked into or acted for a network.</summary>
    public static readonly AuditAction Support = new("support", "acted for the platform", AuditGroup.Platform);

    /// <summary>People or settings of the network were changed; the detail says what.</summary>
    public static readonly AuditAction People = new("people.change", "changed people or settings", AuditGroup.Network);
    /// <summary>A key was made, used, turned or deleted; the detail says which.</summary>
    public static readonly AuditAction Key = new("key.use", "used the network's keys", AuditGroup.Keys);

    /// <summary>The audit was looked through.</summary>
    public static readonly AuditAction AuditRead = new("audit.read", "looked through the audit", AuditGroup.Audit);
    /// <summary>The audit was exported.</summary>
    public static readonly AuditAction AuditExport = new("audit.export", "exported the audit", AuditGroup.Audit);
    /// <summary>Everything about one client was listed for an access request.</summary>
    public static readonly AuditAction AccessRequest = new("access-request.read", "listed who read one client's record", AuditGroup.Audit);
    /// <summary>A check found the chain unbroken.</summary>
    public static readonly AuditAction ChainIntact = new("audit.intact", "checked the audit and found it unbroken", AuditGroup.Audit);
    /// <summary>A check found a broken link; the subject is its entry, the detail what is wrong.</summary>
    public static readonly AuditAction ChainBroken = new("audit.broken", "checked the audit and found it broken", AuditGroup.Audit);

    /// <summary>All of them, in the order above.</summary>
    public static IReadOnlyList<AuditAction> All { get; } =
    [
        Page, MyDay, Caseload, Referral, Client, Course, CourseAsOf, Plan, Sessions, FollowUp, Homework, Inventory, Measure, Alert, Status, Link,
        Command, Draft, ClientChange, SignIn, SignOut, Request, Ops, Mailbox, Letter, Support, People, Key, AuditRead, AuditExport, AccessRequest, ChainIntact, ChainBroken,
    ];

    private static readonly FrozenDictionary<string, AuditAction> ByCode = All.ToFrozenDictionary(a => a.Code);

    /// <summary>The action of a stored code; null if this program does not know it.</summary>
    public static AuditAction? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);
}
