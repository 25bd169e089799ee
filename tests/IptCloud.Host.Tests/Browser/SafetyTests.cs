using IptCloud.Contracts.Messages;
using IptCloud.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>A positive self-harm item: help on the client's page at once, people told at once, silence towards the client until a clinician has closed it.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class SafetyTests(PortalSite site) : IClassFixture<PortalSite>
{
    private static readonly DateTime first = new(2026, 10, 6, 10, 0, 0);

    [Fact]
    public async Task A_positive_answer_of_an_unfinished_form_reaches_people_and_stops_prompts()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Nell", first, 2);
        site.GoTo(Instant(first.AddDays(-1)));
        await using (var phone = await Phone.TakeAsync(site)) await AnswerHalfAsync(phone, await site.NextLetterAsync(course.Email));

        foreach (var member in new[] { SiteClinic.Therapist, SiteClinic.Lead }) IsNeutral(await site.NextLetterAsync(member.Email), course.Name);

        site.GoTo(site.Now.AddMinutes(12));
        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        await desk.SeesAsync("Open alert: Nell Example");
        await desk.SeesAsync("12 minutes");
        await desk.ShootAsync("alert-my-day");
        desk.Course = course.Address;
        await desk.OpenCourseAsync();
        await desk.SeesAsync("Risk alert: the safety question was answered above “not at all”");
        await desk.ShootAsync("alert-course");
        await desk.FollowAsync("Read and acknowledge");
        await desk.PressAsync("Acknowledge");
        await desk.SeesBannerAsync("Alert acknowledged");

        // A week later the alert is still open and the next reminder is due: the worker has been here, and has sent nothing.
        site.GoTo(Instant(first.AddDays(6)).AddHours(1));
        await PortalSite.AwaitAsync("flag at the session of last week", () => site.ReadAsync(db => db.Appointments.FirstOrDefaultAsync(a => a.SessionId == course.Session(0) && a.FlaggedAt != null)));
        Assert.Equal(1, await site.LettersAsync(course.Email));

        await desk.ChooseAsync("Outcome", "Assessed, safety plan made or confirmed");
        await desk.FillAsync("What was found and done", "Spoke on the phone. Passive thoughts, no plan. Safety plan gone through.");
        await desk.ShootAsync("alert-close");
        await desk.PressAsync("Close the alert");
        await desk.SeesBannerAsync("Alert closed");
        await site.NextLetterAsync(course.Email);
    }

    private static DateTimeOffset Instant(DateTime local) => LocalTime.ToInstant(local, SiteClinic.Zone);

    private static async Task AnswerHalfAsync(Phone phone, MailboxLetter letter)
    {
        await phone.BeginAsync(letter);
        for (var number = 1; number < 9; number++) await phone.AnswerAsync(number, 1);
        var help = phone.Page.GetByRole(AriaRole.Alert, new() { Name = "Help now" });
        await Assertions.Expect(phone.Page).ToHaveTitleAsync(Phone.TitleOf(9));
        await Assertions.Expect(help).ToBeHiddenAsync();
        await phone.Page.Context.SetOfflineAsync(true);
        await phone.Page.GetByRole(AriaRole.Radio).Nth(1).CheckAsync();
        await Assertions.Expect(help).ToBeVisibleAsync();
        await Assertions.Expect(help.GetByRole(AriaRole.Link, new() { Name = "116 123" })).ToBeVisibleAsync();
        await phone.ShootAsync("phone-crisis");
        await phone.PressAsync("Continue");
        await phone.SeesAsync("Not saved: no connection");
        await Assertions.Expect(help).ToBeVisibleAsync();
        await phone.ShootAsync("phone-away");
        await phone.Page.Context.SetOfflineAsync(false);
        await phone.PressAsync("Continue");
        await Assertions.Expect(phone.Page).ToHaveTitleAsync(Phone.TitleOf(10));
        await Assertions.Expect(help).ToBeVisibleAsync();

        // Taken back, the alert stands, and so do the numbers.
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "Back", Exact = true }).ClickAsync();
        await phone.AnswerAsync(9, 0);
        await Assertions.Expect(phone.Page).ToHaveTitleAsync(Phone.TitleOf(10));
        await Assertions.Expect(help).ToBeVisibleAsync();
    }

    private static void IsNeutral(MailboxLetter letter, string client)
    {
        Assert.Contains("attention", letter.Text, StringComparison.Ordinal);
        foreach (var word in new[] { client, "Example", "risk", "harm", "PHQ", "Wexcombe Clinic", "alert", "therap" })
            Assert.DoesNotContain(word, letter.Entry.Subject + letter.Text, StringComparison.OrdinalIgnoreCase);
    }
}
