using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Host.Browser;

/// <summary>The people of a network through its pages: invited, changed, suspended, deputised, relieved of their caseload.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class PeopleTests(PortalSite site) : IClassFixture<PortalSite>
{
    private static readonly DateTime first = new(2026, 10, 6, 9, 0, 0);

    [Fact]
    public async Task An_invitation_is_for_one_address_and_one_use_and_can_be_revoked()
    {
        var owner = await Desk.SignInAsync(site, SiteClinic.Owner);
        await InviteAsync(owner, "petra@clinic.example", "Petra Vance");
        var link = await StaffLetter.LinkAsync(site, "petra@clinic.example");

        // Opened by somebody who is signed in as another: said, and nothing changed.
        var other = await Desk.SignInAsync(site, SiteClinic.Colleague);
        await other.OpenAsync(link);
        await other.LandsOnAsync("This invitation is for somebody else");
        await other.ShootAsync("invitation-other");

        var petra = await Desk.OpenAsync(site);
        await petra.OpenAsync(link);
        await petra.LandsOnAsync("Join Wexcombe Network");
        await petra.ShootAsync("invitation");
        await petra.FillAsync("Choose a password", "short");
        await petra.PressAsync("Create the account and join");
        await petra.SeesAsync("There is a problem");
        await petra.FillAsync("Choose a password", "nine tall poplars by the river");
        await petra.PressAsync("Create the account and join");
        await petra.ProtectAsync("My day");

        // Used up.
        await other.OpenAsync(link);
        await other.LandsOnAsync("This invitation holds no longer");

        // Sent again, the older link opens nothing; revoked, the newer one neither.
        await InviteAsync(owner, "quentin@clinic.example", "Quentin Ash");
        var old = await StaffLetter.LinkAsync(site, "quentin@clinic.example");
        await owner.PressAsync("Send again to Quentin Ash");
        await owner.SeesBannerAsync("Invitation sent again");
        var renewed = await StaffLetter.LinkAsync(site, "quentin@clinic.example");
        var quentin = await Desk.OpenAsync(site);
        await quentin.OpenAsync(old);
        await quentin.LandsOnAsync("This invitation holds no longer");
        await quentin.OpenAsync(renewed);
        await quentin.LandsOnAsync("Join Wexcombe Network");
        await owner.PressAsync("Revoke the invitation of Quentin Ash");
        await owner.SeesBannerAsync("Invitation revoked");
        await quentin.FillAsync("Choose a password", "nine tall poplars by the river");
        await quentin.PressAsync("Create the account and join");
        await quentin.LandsOnAsync("This invitation holds no longer");
    }

    [Fact]
    public async Task A_suspended_member_is_out_at_the_next_request_and_in_again_once_it_is_lifted()
    {
        var owner = await Desk.SignInAsync(site, SiteClinic.Owner);
        await InviteAsync(owner, "sunny@clinic.example", "Sunny Lake");
        var sunny = await Desk.OpenAsync(site);
        await sunny.OpenAsync(await StaffLetter.LinkAsync(site, "sunny@clinic.example"));
        await sunny.FillAsync("Choose a password", "nine tall poplars by the river");
        await sunny.PressAsync("Create the account and join");
        await sunny.ProtectAsync("My day");
        await sunny.OpenAsync("/caseload");

        await owner.OpenAsync("/network/people");
        await owner.FollowAsync("Sunny Lake");
        await owner.PressAsync("Suspend Sunny Lake");
        await owner.SeesBannerAsync("Suspended");
        await owner.ShootAsync("suspended");
        await sunny.Page.GotoAsync("/caseload");
        Assert.Equal("Your access here has ended", await sunny.Page.Locator("h1").InnerTextAsync());
        // The browser offers the passkey by itself, and the virtual finger is always on it.
        await sunny.OpenAsync("/sign-in?again=true");
        await sunny.SeesAsync("Your access is suspended");

        await owner.PressAsync("Lift the suspension");
        await owner.SeesBannerAsync("Suspension lifted");
        await sunny.OpenAsync("/sign-in?again=true");
        await sunny.LandsOnAsync("My day");
    }

    [Fact]
    public async Task The_last_owner_stays_and_an_owner_sees_no_course()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Olga", first.AddHours(8), 1);
        var owner = await Desk.SignInAsync(site, SiteClinic.Owner);
        Assert.Equal(404, (await owner.Page.GotoAsync(course.Address))!.Status);
        Assert.Equal(404, (await owner.Page.GotoAsync($"/clients/{course.Client}"))!.Status);
        Assert.Equal(403, (await owner.Page.GotoAsync("/diary"))!.Status);
        await owner.OpenAsync($"/network/people/{SiteClinic.Owner.Id}");
        await owner.Page.GetByLabel("Owner: answers for the network").UncheckAsync();
        await owner.PressAsync("Save");
        await owner.SeesAsync("This is the network’s last owner");

        // Two-sided: somebody without the role opens none of it.
        var therapist = await Desk.SignInAsync(site, SiteClinic.Therapist);
        foreach (var page in new[] { "/network/people", "/network/people/invite", $"/network/people/{SiteClinic.Colleague.Id}", "/network/clinics", "/network/set-up", "/network/plan" })
            Assert.Equal(403, (await therapist.Page.GotoAsync(page))!.Status);
        await therapist.OpenAsync("/network/roles");
    }

    [Fact]
    public async Task A_caseload_is_handed_over_with_each_refusal_shown_and_is_safe_to_repeat()
    {
        var one = await StagedCourse.StartAsync(site, SiteClinic.Parting, "Wren", first.AddHours(1), 2);
        var two = await StagedCourse.StartAsync(site, SiteClinic.Parting, "Yves", first.AddHours(2), 2);
        var taken = await StagedCourse.StartAsync(site, SiteClinic.Colleague, "Zola", first.AddHours(2), 1);
        var lead = await Desk.SignInAsync(site, SiteClinic.Lead);
        await lead.OpenAsync($"/network/people/{SiteClinic.Parting.Id}/caseload");
        await lead.ShootAsync("caseload");
        await lead.Page.GetByLabel("Therapist who takes them").SelectOptionAsync($"{SiteClinic.ClinicId}:{SiteClinic.Colleague.Id}"); // the words say how many each has
        await lead.FillAsync("Reason", "Long leave.");
        await lead.PressAsync("Hand over");
        await lead.SeesAsync("1 of 2 handed over");
        await lead.SeesAsync("Yves Example:");
        await lead.ShootAsync("caseload-refused");
        Assert.Equal(SiteClinic.Colleague.Id, await TherapistAsync(one));
        Assert.Equal(SiteClinic.Parting.Id, await TherapistAsync(two));

        await taken.DoAsync(new MoveSession(taken.Session(0), first.AddHours(2), first.AddHours(5), MoveScope.This), SiteClinic.Colleague.Actor);
        await lead.PressAsync("Continue");
        await lead.SeesBannerAsync("The caseload was handed over");
        Assert.Equal(SiteClinic.Colleague.Id, await TherapistAsync(two));
        await lead.SeesAsync("Nothing to hand over");
    }

    [Fact]
    public async Task A_deputy_acts_within_the_time_and_both_names_are_shown()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Hugo", first.AddHours(4), 2);
        var deputy = await Desk.SignInAsync(site, SiteClinic.Colleague);
        Assert.Equal(404, (await deputy.Page.GotoAsync(course.Address))!.Status);

        var lead = await Desk.SignInAsync(site, SiteClinic.Lead);
        await lead.OpenAsync($"/network/people/{SiteClinic.Therapist.Id}/deputy");
        await lead.SelectAsync("Deputy", "Tomasz Lis");
        var today = DateOnly.FromDateTime(LocalTime.ToLocal(site.Now, SiteClinic.Zone));
        await lead.FillDateAsync("Last day", today.AddDays(1));
        await lead.FillAsync("Reason", "On leave.");
        await lead.ShootAsync("deputy");
        await lead.PressAsync("Name the deputy");
        await lead.SeesBannerAsync("Deputy named");
        await lead.ShootAsync("person");

        await deputy.OpenAsync("/my-day");
        await deputy.SeesBannerAsync("You act for Dr Siobhán Archer");
        // A course reads its clinic's people anew every ten seconds.
        await PortalSite.AwaitAsync("course for its deputy", async () => (await deputy.Page.GotoAsync(course.Address))!.Ok ? course : null);
        await deputy.OpenAsync("/my-day");
        await deputy.FollowAsync("Their caseload");
        await deputy.FollowAsync("Hugo Example");
        await deputy.SeesBannerAsync("You act for Dr Siobhán Archer");
        await deputy.OpenAsync($"{course.Address}/status/hold");
        await deputy.FillAsync("Why", "The client is in hospital.");
        await deputy.PressAsync("Put on hold");
        await deputy.SeesBannerAsync("The course is on hold");
        await deputy.OpenAsync(course.Address);
        await deputy.SeesAsync("Tomasz Lis on behalf of Dr Siobhán Archer");
        await deputy.ShootAsync("on-behalf");
        var row = await site.ReadAsync(db => db.Journal.Where(j => j.NetworkId == SiteClinic.NetworkId && j.StreamId == course.Key.Course.Value).OrderByDescending(j => j.Seq).FirstAsync());
        Assert.Equal(($"member:{SiteClinic.Colleague.Id}", SiteClinic.Therapist.Id), (row.Actor, row.OnBehalfOf));

        // The time is over: nothing there any more, with no change made by anybody.
        site.GoTo(LocalTime.ToInstant(today.AddDays(2).ToDateTime(TimeOnly.MinValue), SiteClinic.Zone));
        Assert.Equal(404, (await deputy.Page.GotoAsync(course.Address))!.Status);
        await deputy.OpenAsync("/my-day");
        Assert.Equal(0, await deputy.Page.GetByText("You act for").CountAsync());
    }

    [Fact]
    public async Task A_scheduler_keeps_the_diary_and_opens_no_record()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Colleague, "Ivor", first.AddHours(6), 1);
        var scheduler = await Desk.SignInAsync(site, SiteClinic.Scheduler, lands: "Diary");
        await scheduler.OpenAsync("/diary?week=2026-10-05");
        await scheduler.ShootAsync("diary");
        await scheduler.FollowAsync("Ivor Example");
        await scheduler.LandsOnAsync("Ivor Example");
        await scheduler.FillDateAsync("New day", new(2026, 10, 8));
        await scheduler.PressAsync("Move");
        await scheduler.SeesBannerAsync("New time booked");
        await scheduler.FillDateAsync("First session", new(2026, 10, 15));
        await scheduler.Page.GetByLabel("Starts at").Last.FillAsync("15:00");
        await scheduler.PressAsync("Book");
        await scheduler.SeesBannerAsync("Sessions booked");
        await scheduler.ShootAsync("diary-course");
        Assert.Equal(2, (await course.StateAsync(SiteClinic.Colleague)).Sessions.Length);

        foreach (var part in new[] { "", "/plan", "/sessions", "/inventory", $"/sessions/{course.Session(0)}" })
            Assert.Equal(404, (await scheduler.Page.GotoAsync(course.Address + part))!.Status);
        Assert.Equal(404, (await scheduler.Page.GotoAsync($"/clients/{course.Client}"))!.Status);
        Assert.Equal(403, (await scheduler.Page.GotoAsync("/network/people"))!.Status);
        var note = await course.ExecuteAsync(new SignNote(course.Session(0), "x", [], []), SiteClinic.Scheduler.Actor);
        Assert.Equal("course.not-allowed", Assert.Single(note.Refusals).Code);
        var view = await course.ViewAsync(SiteClinic.Scheduler.Actor);
        Assert.Null(view);
    }

    private async Task<MemberId> TherapistAsync(StagedCourse course) =>
        await site.ReadAsync(db => db.CourseCards.Where(c => c.NetworkId == SiteClinic.NetworkId && c.CourseId == course.Key.Course).Select(c => c.TherapistId).SingleAsync());

    private static async Task InviteAsync(Desk owner, string email, string name)
    {
        await owner.OpenAsync("/network/people/invite");
        await owner.FillAsync("E-mail address", email);
        await owner.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await owner.TickAsync("Therapist: runs courses of their own");
        await owner.PressAsync("Send the invitation");
        await owner.SeesBannerAsync("Invitation sent");
    }
}
