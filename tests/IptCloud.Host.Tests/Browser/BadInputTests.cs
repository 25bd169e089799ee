using IptCloud.Domain.Courses;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>A form that cannot be taken comes back with what was typed, the summary in focus, and a message at each field.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class BadInputTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task Forms_come_back_with_what_was_typed()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Olga", new(2026, 10, 6, 10, 0, 0), 1);
        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        desk.Course = course.Address;

        await desk.OpenAsync("/courses/new");
        await desk.FillAsync("Family name", "Tkachenko");
        await desk.FillAsync("E-mail address", "no address");
        await RefusesAsync(desk, "Refer", "Enter the client’s given name", "Enter an e-mail address such as", "Choose a protocol", "Enter the reason for referral");
        await Assertions.Expect(desk.Page.GetByLabel("Family name")).ToHaveValueAsync("Tkachenko");
        await Assertions.Expect(desk.Page.GetByLabel("E-mail address")).ToHaveValueAsync("no address");

        await desk.OpenCourseAsync("/sessions/book");
        await desk.FillDateAsync("First session", new(2026, 10, 3));
        await desk.Page.GetByLabel("Month").FillAsync("13");
        await desk.FillAsync("Starts at", "half ten");
        await RefusesAsync(desk, "Book", "The day must be a real date", "Write the time as hours and minutes");
        await Assertions.Expect(desk.Page.GetByLabel("Starts at")).ToHaveValueAsync("half ten");

        await desk.OpenCourseAsync("/contacts/new");
        await desk.Page.GetByLabel("Year").FillAsync("2020");
        await RefusesAsync(desk, "Record", "Choose how you were in contact", "Enter what was said or agreed");
        await desk.Page.GetByLabel("By telephone or video").CheckAsync();
        await desk.FillAsync("What was said or agreed", "Rang at noon.");
        await RefusesAsync(desk, "Record", "This is more than a year ago");
        await Assertions.Expect(desk.Page.GetByLabel("What was said or agreed")).ToHaveValueAsync("Rang at noon.");

        foreach (var (page, button) in new[] { ("/inventory/new", "Save"), ("/plan/focus", "Choose this focus"), ("/plan/formulation", "Record the formulation"), ("/plan/contract", "Agree the contract"), ("/homework/new", "Agree"), ("/contacts/new", "Record"), ("/plan/waive/I3", "Waive the task"), ("/status/end", "End the course"), ("/status/hold", "Put on hold"), ("/measures/enter", "Record the answers") })
        {
            await desk.OpenCourseAsync(page);
            await RefusesAsync(desk, button);
        }

        await desk.ShootAsync("refused");
    }

    [Fact]
    public async Task What_was_typed_while_a_course_ended_stays_and_its_forms_are_not_offered_any_more()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Petra", new(2026, 10, 6, 14, 0, 0), 1);
        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        desk.Course = course.Address;
        await desk.OpenCourseAsync("/homework/new");
        await desk.FillAsync("Title", "Ring Anna");
        await desk.FillAsync("What the client is asked to do", "Ring Anna on Sunday.");
        await desk.FillDateAsync("Until", new(2026, 10, 12));
        await course.DoAsync(new CloseCourse(CourseEnd.EndedByClient, "Moved away."));

        await RefusesAsync(desk, "Agree", "This course has ended.");
        await Assertions.Expect(desk.Page.GetByLabel("Title")).ToHaveValueAsync("Ring Anna");
        await desk.OpenCourseAsync("/homework/new");
        await desk.SeesAsync("Nothing changes here any more");
        await desk.ShootAsync("ended-form");
        await Assertions.Expect(desk.Page.GetByLabel("Title")).ToHaveCountAsync(0);
        await desk.OpenCourseAsync("/measures/enter");
        await desk.SeesAsync("Record the answers");
    }

    [Fact]
    public async Task A_sign_in_page_that_is_out_of_date_says_why_and_leads_back()
    {
        var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Url });
        var desk = new Desk(site, await context.NewPageAsync());
        await desk.OpenAsync("/sign-in?return=%2Fcaseload");
        await context.ClearCookiesAsync();
        await desk.FillAsync("E-mail address", SiteClinic.Therapist.Email);
        await desk.FillAsync("Password", SiteClinic.Password);
        await desk.PressAsync("Sign in");
        await desk.SeesAsync("This sign-in page is out of date");
        await desk.ShootAsync("sign-in-out-of-date");
        await desk.FollowAsync("Open the sign-in page again");
        await desk.IdentifyAsync(SiteClinic.Therapist);
        await desk.LandsOnAsync("Caseload");
    }

    /// <summary>The browser was stopped before the answer came, and the person goes on in the same form.</summary>
    [Fact]
    public async Task A_form_that_is_corrected_after_its_first_answer_was_lost_is_saved_and_not_taken_for_done()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Irina", new(2026, 10, 6, 15, 0, 0), 1);
        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        desk.Course = course.Address;
        await desk.OpenCourseAsync("/contacts/new");
        await desk.Page.GetByLabel("By telephone or video").CheckAsync();
        await desk.FillAsync("What was said or agreed", "Will ring back.");
        // Twice, as an impatient person: that is one.
        foreach (var _ in new[] { 1, 2 })
            await desk.Page.EvaluateAsync("async () => { const form = document.querySelector('form.form'); await fetch(location.href, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' }); }");
        await desk.FillAsync("What was said or agreed", "Will ring back at nine.");
        await desk.PressAsync("Record");
        await desk.SeesBannerAsync("Contact recorded");

        Assert.Equal(["Will ring back.", "Will ring back at nine."], (await course.StateAsync()).Contacts.Select(c => c.Text));
    }

    private static async Task RefusesAsync(Desk desk, string button, params string[] messages)
    {
        await desk.PressAsync(button);
        var summary = desk.Page.GetByRole(AriaRole.Alert, new() { Name = "There is a problem" });
        await Assertions.Expect(summary).ToBeFocusedAsync();
        foreach (var message in messages) await Assertions.Expect(summary).ToContainTextAsync(message);
        foreach (var link in await summary.GetByRole(AriaRole.Link).AllAsync())
        {
            await link.ClickAsync();
            await Assertions.Expect(summary).Not.ToBeFocusedAsync();
            Assert.True(await desk.Page.EvaluateAsync<bool>("document.activeElement.id === location.hash.slice(1) || document.activeElement.matches('input, select, textarea, [tabindex]')"), $"{button}: a message leads nowhere.");
        }
    }
}
