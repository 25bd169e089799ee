using IptCloud.Data.Sessions;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>Whatever happens to server, tab or sign-in: a typed note is not lost and never silently overwritten.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class NotesTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task A_note_typed_while_the_server_is_away_is_saved_when_it_is_back()
    {
        var (desk, course) = await AtNoteAsync("Wanda", 10, SiteClinic.Therapist);
        await Note(desk).FillAsync("Before the stop.");
        await desk.SeesAsync("Draft saved at");
        await site.StopAsync();
        await Note(desk).PressSequentiallyAsync(" And typed while it was away.");
        await desk.SeesAsync("Not saved: no connection");
        await site.StartAsync();
        await desk.SeesAsync("Draft saved at");
        Assert.Equal("Before the stop. And typed while it was away.", await NewestAsync(course));
        await desk.Page.ReloadAsync();
        await Assertions.Expect(Note(desk)).ToHaveValueAsync("Before the stop. And typed while it was away.");
    }

    [Fact]
    public async Task Two_tabs_show_both_texts_and_lose_neither()
    {
        var (desk, course) = await AtNoteAsync("Petra", 12, SiteClinic.Therapist);
        var other = new Desk(site, await desk.Page.Context.NewPageAsync());
        await other.OpenAsync(new Uri(desk.Page.Url).AbsolutePath);
        await Note(desk).FillAsync("Text of the first tab.");
        await desk.SeesAsync("Draft saved at");
        await Note(other).FillAsync("Text of the second tab.");
        var versions = other.Page.GetByRole(AriaRole.Region, new() { Name = "Two versions of this note" });
        await Assertions.Expect(versions).ToContainTextAsync("Text of the first tab.");
        await Assertions.Expect(versions).ToContainTextAsync("Text of the second tab.");
        await Assertions.Expect(versions).ToContainTextAsync("Saved at 12:50"); // the clinic's time, not the browser's
        await other.ShootAsync("note-two-versions");
        await other.PressAsync("Keep mine");
        await other.SeesAsync("Draft saved at");
        Assert.Equal("Text of the second tab.", await NewestAsync(course));

        // Signed in one tab, still being written in the other.
        await other.PressAsync("Sign the note");
        await other.SeesBannerAsync("Note signed");
        await Note(desk).FillAsync("Too late for this tab.");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Region, new() { Name = "This note was signed meanwhile" })).ToContainTextAsync("Text of the second tab.");
        await Assertions.Expect(Note(desk)).ToHaveValueAsync("Too late for this tab.");
        await desk.SeesAsync("Your text is kept");
        await desk.ShootAsync("note-signed-meanwhile");
        Assert.Equal("Too late for this tab.", await NewestAsync(course));
    }

    [Fact]
    public async Task What_another_tab_typed_and_nobody_signed_stays_on_the_page_until_it_is_an_amendment()
    {
        var (desk, course) = await AtNoteAsync("Nora", 10, SiteClinic.Therapist);
        var other = new Desk(site, await desk.Page.Context.NewPageAsync());
        await other.OpenAsync(new Uri(desk.Page.Url).AbsolutePath);
        await Note(desk).FillAsync("He moved out on Friday.");
        await desk.SeesAsync("Draft saved at");
        await Note(desk).FillAsync("He moved out on Friday. She has not told her mother.");
        await Note(desk).BlurAsync();
        await PortalSite.AwaitAsync("second revision", async () => await NewestAsync(course) is { } text && text.EndsWith("mother.", StringComparison.Ordinal) ? text : null);
        await Note(other).FillAsync("A quiet week.");
        await other.PressAsync("Keep mine");
        await other.SeesAsync("Draft saved at");
        await other.PressAsync("Sign the note");
        await other.SeesBannerAsync("Note signed");

        // Whoever may read the note sees both, and only what nobody went on with.
        var lead = await Desk.SignInAsync(site, SiteClinic.Lead);
        await lead.OpenAsync($"{course.Address}/sessions/{course.Session(0)}");
        var unsigned = lead.Page.GetByRole(AriaRole.Region, new() { Name = "Text that was not signed" });
        await Assertions.Expect(unsigned).ToHaveCountAsync(1);
        await Assertions.Expect(unsigned).ToContainTextAsync("She has not told her mother.");
        await Assertions.Expect(unsigned).ToContainTextAsync(SiteClinic.Therapist.Name);
        await Assertions.Expect(unsigned.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);

        await other.OpenAsync(new Uri(desk.Page.Url).AbsolutePath);
        await other.ShootAsync("note-not-signed");
        await other.FollowAsync("Add it as an amendment");
        await Assertions.Expect(Amendment(other)).ToHaveValueAsync("He moved out on Friday. She has not told her mother.");
        await Amendment(other).FillAsync("He moved out on Friday. She has told nobody but her mother.");
        await other.PressAsync("Add the amendment"); // without a reason
        await other.SeesAsync("There is a problem");
        await Assertions.Expect(Amendment(other)).ToHaveValueAsync("He moved out on Friday. She has told nobody but her mother.");
        await other.FillAsync("Why the note is amended", "Typed in another tab");
        await other.PressAsync("Add the amendment");
        await other.SeesBannerAsync("Amendment added");
        await Assertions.Expect(other.Page.GetByText("Text that was not signed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_second_signature_leads_to_the_amendment_and_keeps_the_text()
    {
        var (desk, course) = await AtNoteAsync("Greta", 12, SiteClinic.Therapist, script: false);
        await course.DoAsync(new SignNote(course.Session(0), "Signed elsewhere.", [], []));
        await Note(desk).FillAsync("Typed here.");
        await desk.PressAsync("Sign the note");
        await desk.SeesAsync("There is a problem");
        await desk.ShootAsync("note-second-signature");
        var field = await desk.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).First.GetAttributeAsync("href");
        await Assertions.Expect(desk.Page.Locator(field!)).ToHaveValueAsync("Typed here.");
        await desk.Page.ReloadAsync();
        await desk.OpenAsync($"{course.Address}/sessions/{course.Session(0)}");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Region, new() { Name = "Text that was not signed" })).ToContainTextAsync("Typed here.");
    }

    [Fact]
    public async Task Ticks_are_part_of_the_draft()
    {
        var (desk, course) = await AtNoteAsync("Ida", 14, SiteClinic.Therapist);
        var tick = desk.Page.GetByRole(AriaRole.Group, new() { Name = "Techniques used" }).GetByRole(AriaRole.Checkbox).Nth(1);
        await tick.CheckAsync();
        await desk.SeesAsync("Draft saved at");
        await desk.Page.ReloadAsync();
        await Assertions.Expect(tick).ToBeCheckedAsync();

        // And while the server is away they are kept in the tab.
        await site.StopAsync();
        await tick.UncheckAsync();
        await desk.SeesAsync("Not saved: no connection");
        await site.StartAsync();
        await desk.Page.ReloadAsync();
        await Assertions.Expect(tick).Not.ToBeCheckedAsync();
        await desk.SeesAsync("Draft saved");
        var again = new Desk(site, await desk.Page.Context.NewPageAsync());
        await again.OpenAsync($"{course.Address}/sessions/{course.Session(0)}");
        await Assertions.Expect(again.Page.GetByRole(AriaRole.Group, new() { Name = "Techniques used" }).GetByRole(AriaRole.Checkbox).Nth(1)).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Without_script_recording_attendance_keeps_the_note_that_was_being_typed()
    {
        var (desk, course) = await AtNoteAsync("Maud", 16, SiteClinic.Therapist, script: false, attended: false);
        await Note(desk).FillAsync("Half a sentence");
        var tick = desk.Page.GetByRole(AriaRole.Group, new() { Name = "Techniques used" }).GetByRole(AriaRole.Checkbox).Nth(1);
        await tick.CheckAsync();
        await desk.RecordAsync("Attended (5)");
        await Assertions.Expect(Note(desk)).ToHaveValueAsync("Half a sentence");
        await Assertions.Expect(tick).ToBeCheckedAsync();
        Assert.Equal("Half a sentence", await NewestAsync(course));
    }

    [Fact]
    public async Task Signed_out_meanwhile_the_text_stays_and_is_saved_after_signing_in_again()
    {
        var (desk, course) = await AtNoteAsync("Una", 14, SiteClinic.Therapist);
        await desk.Page.Context.ClearCookiesAsync();
        await Note(desk).FillAsync("Typed after the sign-in ran out.");
        await desk.SeesAsync("Not saved: you are signed out");
        await desk.PressAsync("Sign the note");
        await desk.SeesAsync("Nothing was sent. Not saved: you are signed out");
        await Assertions.Expect(Note(desk)).ToHaveValueAsync("Typed after the sign-in ran out.");
        var again = new Desk(site, await desk.Page.Context.NewPageAsync());
        await again.OpenAsync("/sign-in");
        await again.IdentifyAsync(SiteClinic.Therapist);
        await desk.SeesAsync("Draft saved at");
        Assert.Equal("Typed after the sign-in ran out.", await NewestAsync(course));
    }

    private static ILocator Note(Desk desk) => desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "What happened and what it means" });

    private static ILocator Amendment(Desk desk) => desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "Amendment", Exact = true });

    [Fact]
    public async Task A_note_whose_course_was_handed_over_meanwhile_says_so_and_keeps_what_is_typed()
    {
        var (desk, course) = await AtNoteAsync("Vera", 18, SiteClinic.Therapist);
        await course.DoAsync(new TransferCourse(SiteClinic.Colleague.Id, "Leave."));
        await Note(desk).FillAsync("Typed too late.");
        await desk.SeesAsync("whoever is signed in here now may not write in this course");
        await Assertions.Expect(Note(desk)).ToHaveValueAsync("Typed too late.");
    }

    private async Task<(Desk Desk, StagedCourse Course)> AtNoteAsync(string client, int hour, SiteMember therapist, bool script = true, bool attended = true)
    {
        var at = LocalTime.ToLocal(site.Now, SiteClinic.Zone).Date.AddDays(1).AddHours(hour);
        var course = await StagedCourse.StartAsync(site, therapist, client, at, 1);
        site.GoTo(LocalTime.ToInstant(at, SiteClinic.Zone).AddMinutes(50));
        if (attended) await course.AttendAsync(0);
        var desk = await Desk.SignInAsync(site, therapist, script: script);
        await desk.OpenAsync($"{course.Address}/sessions/{course.Session(0)}");
        return (desk, course);
    }

    private async Task<string> NewestAsync(StagedCourse course) =>
        (await site.Services.GetRequiredService<NoteDrafts>().NewestAsync(SiteClinic.NetworkId, course.Session(0)))!.Text;
}
