using System.Collections.Immutable;
using IptCloud.Data.Networks;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Networks;

/// <summary>Roles and clinics in words, and as choices of a form.</summary>
internal static class PeopleWords
{
    /// <summary>"Owner, Admin".</summary>
    public static string Of(Roles roles) => roles == Roles.None ? "No role" : string.Join(", ", AccessTable.Columns.Where(c => roles.HasFlag(c)));

    /// <summary>The roles that the actor may give, with what each is for.</summary>
    public static IReadOnlyList<Choice> Choices(Actor actor) =>
        [.. AccessTable.Given.Where(r => r != Roles.Owner || AccessTable.Somewhere(Act.ChangeOwners, actor)).Select(r => new Choice(r.ToString(), $"{r}: {About(r)}"))];

    /// <summary>The clinics in which the actor sets people up.</summary>
    public static IReadOnlyList<Choice> Choices(Actor actor, IEnumerable<Clinic> clinics) =>
        [.. clinics.Where(c => AccessTable.Allows(Act.ManagePeople, actor, new(c.Id))).Select(c => new Choice(c.Id.ToString(), c.Name))];

    /// <summary>The names of clinics.</summary>
    public static string Clinics(IEnumerable<ClinicId> ids, IReadOnlyCollection<Clinic> clinics) =>
        string.Join("; ", clinics.Where(c => ids.Contains(c.Id)).Select(c => c.Name)) is { Length: > 0 } names ? names : "–";

    /// <summary>The roles ticked in a form; what the form cannot offer is kept.</summary>
    public static Roles Read(Posted form, string field, Roles kept = Roles.None) =>
        form.All(field).Aggregate(kept, (all, text) => Enum.TryParse<Roles>(text, out var role) && AccessTable.Given.Contains(role) ? all | role : all);

    /// <summary>The clinics ticked in a form.</summary>
    public static ImmutableArray<ClinicId> ReadClinics(Posted form, string field) =>
        [.. form.All(field).Select(text => TypedId.TryParse<ClinicId>(text, out var id) ? id : default).Where(id => id != default).Distinct()];

    private static string About(Roles role) => role switch
    {
        Roles.Owner => "answers for the network",
        Roles.Admin => "sets up clinics and people",
        Roles.Supervisor => "reads courses of the clinics",
        Roles.Therapist => "runs courses of their own, and takes a seat",
        Roles.Scheduler => "keeps the diaries",
        Roles.Billing => "sees plan and seats",
        _ => "",
    };
}
