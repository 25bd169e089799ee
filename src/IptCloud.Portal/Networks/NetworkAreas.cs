using IptCloud.Domain.Networks;

namespace IptCloud.Portal.Networks;

/// <summary>A part of the network's administration.</summary>
internal sealed record NetworkArea(string Title, string About, string Href);

/// <summary>What a member may administer.</summary>
internal static class NetworkAreas
{
    public static IEnumerable<NetworkArea> Of(Actor actor)
    {
        if (AccessTable.Somewhere(Act.ManagePeople, actor) || AccessTable.Somewhere(Act.NameDeputy, actor)) yield return new("People", "Members, invitations, deputies, caseloads to hand over", "/network/people");
        if (AccessTable.Somewhere(Act.ManageClinics, actor)) yield return new("Clinics", "Address, time zone, sender name, help for clients, duty lead", "/network/clinics");
        if (AccessTable.Somewhere(Act.ManageClinics, actor)) yield return new("Protocol", "What a referral proposes", "/network/protocol");
        if (AccessTable.Somewhere(Act.ReadAudit, actor)) yield return new("Audit", "Who saw and changed which record, and when", "/network/audit");
        if (AccessTable.Somewhere(Act.SeePlan, actor)) yield return new("Plan and seats", "Who takes a seat, what it costs, invoices", "/network/plan");
    }
}
