namespace IptCloud.Domain.Tests.Networks;

/// <summary>Who may do what with whom: rules that hold for every mixture of roles.</summary>
public sealed class PeopleTests
{
    private static readonly MemberId target = Clinic.Id<MemberId>("target"), boss = Clinic.Id<MemberId>("boss");
    private static readonly Roles[] mixtures = [.. Enumerable.Range(0, 128).Select(n => (Roles)n)];

    [Fact]
    public void No_mixture_of_roles_unmakes_the_last_owner_or_an_owner_without_being_one_or_touches_Ops()
    {
        var accepted = 0;
        foreach (var by in mixtures)
            foreach (var before in mixtures)
                foreach (var after in mixtures)
                {
                    var actor = Actor.Of(boss, by, Clinic.Here);
                    if (PeopleDecisions.Change(actor, Facts(before, owners: 0), after, [Clinic.Here]) is not null) continue;
                    accepted++;
                    Assert.False(before.HasFlag(Roles.Owner) && !after.HasFlag(Roles.Owner), "The last owner was unmade.");
                    Assert.True(((before ^ after) & Roles.Owner) == 0 || by.HasFlag(Roles.Owner), "An owner was made by somebody who is none.");
                    Assert.True(((before ^ after) & Roles.Ops) == 0, "Ops was given or taken.");
                    Assert.True((by & (Roles.Owner | Roles.Admin)) != 0, "Somebody without the role changed people.");
                }

        Assert.True(accepted > 1000);
    }

    [Fact]
    public void An_admin_reaches_those_who_work_in_their_clinics_only()
    {
        var admin = Actor.Of(boss, Roles.Admin, Clinic.Here);
        Assert.Null(PeopleDecisions.Change(admin, Facts(Roles.Therapist), Roles.Scheduler, [Clinic.Here]));
        Assert.Equal("people.not-yours", PeopleDecisions.Change(admin, Facts(Roles.Therapist, clinics: [Clinic.Here, Clinic.Elsewhere]), Roles.Scheduler, [Clinic.Here])!.Code);
        Assert.Equal("people.not-yours", PeopleDecisions.Suspend(admin, Facts(Roles.Owner, owners: 3))!.Code);
        Assert.Equal("people.not-yours", PeopleDecisions.Suspend(admin, Facts(Roles.Ops))!.Code);
        Assert.Equal("people.other-clinic", PeopleDecisions.Invite(admin, Roles.Therapist, [Clinic.Elsewhere])!.Code);
        Assert.Equal("people.owners-only", PeopleDecisions.Invite(admin, Roles.Owner, [])!.Code);
        Assert.Equal("people.ops-by-verb", PeopleDecisions.Invite(admin, Roles.Ops, [])!.Code);
        Assert.Equal("people.no-clinic", PeopleDecisions.Invite(admin, Roles.Therapist, [])!.Code);
        Assert.Null(PeopleDecisions.Invite(admin, Roles.Billing, []));
        Assert.Equal("people.not-yours", PeopleDecisions.Invite(Clinic.Supervisor, Roles.Therapist, [Clinic.Here])!.Code);
    }

    [Fact]
    public void The_last_owner_is_neither_suspended_nor_removed_and_nobody_shuts_themselves_out()
    {
        var owner = Actor.Of(boss, Roles.Owner);
        Assert.Equal("people.last-owner", PeopleDecisions.Suspend(owner, Facts(Roles.Owner, owners: 0))!.Code);
        Assert.Equal("people.last-owner", PeopleDecisions.Remove(owner, Facts(Roles.Owner, owners: 0))!.Code);
        Assert.Null(PeopleDecisions.Suspend(owner, Facts(Roles.Owner, owners: 1)));
        Assert.Equal("people.oneself", PeopleDecisions.Suspend(owner, Facts(Roles.Owner, owners: 1) with { Id = boss })!.Code);
    }

    [Fact]
    public void Nobody_leaves_while_a_course_or_the_duty_is_theirs()
    {
        var owner = Actor.Of(boss, Roles.Owner);
        var busy = Facts(Roles.Therapist) with { OpenCourses = ImmutableDictionary<ClinicId, int>.Empty.Add(Clinic.Here, 2) };
        Assert.Equal("people.open-courses", PeopleDecisions.Remove(owner, busy)!.Code);
        Assert.Equal("people.open-courses", PeopleDecisions.Change(owner, busy, Roles.Supervisor, [Clinic.Here])!.Code);
        Assert.Equal("people.open-courses", PeopleDecisions.Change(owner, busy, Roles.Therapist, [Clinic.Elsewhere])!.Code);
        Assert.Null(PeopleDecisions.Suspend(owner, busy));
        var lead = Facts(Roles.Therapist) with { DutyLeadOf = [Clinic.Here] };
        Assert.Equal("people.duty-lead", PeopleDecisions.Remove(owner, lead)!.Code);
        Assert.Equal("people.duty-lead", PeopleDecisions.Suspend(owner, lead)!.Code); // its alerts would go to nobody
        Assert.Equal("people.duty-lead", PeopleDecisions.Change(owner, lead, Roles.Scheduler, [Clinic.Here])!.Code);
        Assert.Null(PeopleDecisions.Change(owner, lead, Roles.Supervisor, [Clinic.Here]));
        Assert.Null(PeopleDecisions.Remove(owner, Facts(Roles.Therapist)));
    }

    [Fact]
    public void A_deputy_is_a_therapist_of_a_shared_clinic_for_a_time_to_come()
    {
        DateTimeOffset now = new(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);
        var (absent, deputy) = (Facts(Roles.Therapist), Facts(Roles.Therapist) with { Id = Clinic.ColleagueId });
        Refusal? Name(Actor by, PersonFacts who, double from, double until) => PeopleDecisions.Deputise(by, absent, who, now.AddDays(from), now.AddDays(until), now);
        Assert.Null(Name(Clinic.Supervisor, deputy, -0.5, 7));
        Assert.Null(Name(Clinic.Owner, deputy, 1, 2));
        Assert.Equal("people.not-yours", Name(Clinic.Admin, deputy, 1, 2)!.Code);
        Assert.Equal("people.not-yours", Name(Clinic.Therapist, deputy, 1, 2)!.Code);
        Assert.Equal("people.not-a-deputy", Name(Clinic.Supervisor, absent, 1, 2)!.Code);
        Assert.Equal("people.not-a-deputy", Name(Clinic.Supervisor, deputy with { Roles = Roles.Scheduler }, 1, 2)!.Code);
        Assert.Equal("people.not-a-deputy", Name(Clinic.Supervisor, deputy with { IsSuspended = true }, 1, 2)!.Code);
        Assert.Equal("people.not-yours", Name(Clinic.Supervisor, deputy with { Clinics = [Clinic.Elsewhere] }, 1, 2)!.Code);
        Assert.Equal("people.until", Name(Clinic.Supervisor, deputy, 2, 1)!.Code);
        Assert.Equal("people.until", Name(Clinic.Supervisor, deputy, -9, 0)!.Code);
        Assert.Equal("people.too-long", Name(Clinic.Supervisor, deputy, 1, 94)!.Code);
    }

    [Theory]
    [InlineData("Elm Street", true)]
    [InlineData("Wexcombe House", true)]
    [InlineData("Chipton Lane", true)]
    [InlineData("Elm Street Therapy", false)]
    [InlineData("The Counselling Rooms", false)]
    [InlineData("Northmere Talking Therapies", false)]
    [InlineData("IPT Centre", false)]
    [InlineData("NHS Wexcombe", false)]
    [InlineData("Wexcombe Clinic", false)]
    [InlineData("psychology@elm", false)]
    [InlineData("", false)]
    public void A_sender_name_tells_nothing(string name, bool neutral) => Assert.Equal(neutral, SenderNames.Check(name) is null);

    [Fact]
    public void Every_country_begins_with_help_that_passes_as_a_clinics()
    {
        Assert.All(Country.All, c => Assert.Empty(new ClinicDetails("A", "", "Elm Street", c.Zone, "020 7946 0000", c.Lines, null).Check()));
        Assert.Equal("US", Country.Of("en-US,en;q=0.9").Code);
        Assert.Equal("GB", Country.Of("fr,de;q=0.7").Code);
        Assert.Equal(["name", "zone", "phone", "crisis"], new ClinicDetails("", "", "", "Mars/Base", "", "no bar", null).Check().Select(r => r.Field)); // one name left out is said once
        Assert.Equal(["sender", "zone", "phone", "crisis"], new ClinicDetails("A", "", "", "Mars/Base", "", "no bar", null).Check().Select(r => r.Field));
    }

    private static PersonFacts Facts(Roles roles, int owners = 1, ImmutableArray<ClinicId>? clinics = null) =>
        new(target, roles, clinics ?? [Clinic.Here], false, ImmutableDictionary<ClinicId, int>.Empty, [], owners);
}
