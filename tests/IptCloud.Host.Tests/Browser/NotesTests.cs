using IptCloud.Data.Sessions;
using IptCloud.Domain.Time;
using Microsoft.EntityFrameworkCore;
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
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Region, new() { Name = "Two versions of this note" })).ToContainTextAsync("Text of the second tab.");
        await Assertions.Expect(Note(desk)).ToHaveValueAsync("Too late for this tab.");
    }

    [Fact]
    public async Task Signed_out_meanwhile_the_text_stays_and_is_saved_after_signing_in_again()
    {
        var (desk, course) = await AtNoteAsync("Una", 14, SiteClinic.Therapist);
        await desk.Page.Context.ClearCookiesAsync();
        await Note(desk).FillAsync("Typed after the sign-in ran out.");
        await desk.SeesAsync("Not saved: you are signed out");
        await Assertions.Expect(Note(desk)).ToHaveValueAsync("Typed after the sign-in ran out.");
        var again = new Desk(site, await desk.Page.Context.NewPageAsync());
        await again.OpenAsync("/sign-in");
        await again.IdentifyAsync(SiteClinic.Therapist);
        await desk.SeesAsync("Draft saved at");
        Assert.Equal("Typed after the sign-in ran out.", await NewestAsync(course));
    }

    private static ILocator Note(Desk desk) => desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "What happened and what it means" });

    private async Task<(Desk Desk, StagedCourse Course)> AtNoteAsync(string client, int hour, SiteMember therapist)
    {
        var at = LocalTime.ToLocal(site.Now, SiteClinic.Zone).Date.AddDays(1).AddHours(hour);
        var course = await StagedCourse.StartAsync(site, therapist, client, at, 1);
        site.GoTo(LocalTime.ToInstant(at, SiteClinic.Zone).AddMinutes(50));
        await course.AttendAsync(0);
        var desk = await Desk.SignInAsync(site, therapist);
        await desk.OpenAsync($"{course.Address}/sessions/{course.Session(0)}");
        return (desk, course);
    }

    private Task<string> NewestAsync(StagedCourse course) => site.ReadAsync(async db =>
        (await db.Set<NoteDraftRow>().Where(d => d.SessionId == course.Session(0)).OrderByDescending(d => d.Revision).FirstAsync()).Payload);
}
