using IptCloud.Domain.Courses;
using IptCloud.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>The main path: one course from referral to review, as therapist and client live it.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class CompleteCourseTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const string Client = "moira@client.example";

    // Tuesdays at ten, across the end of British summer time. The fourth is cancelled and held on the Thursday, the sixth is missed.
    private static readonly DateTime first = new(2026, 10, 6, 10, 0, 0);
    private const int Planned = 16, Cancelled = 3, Missed = 5;

    [Fact]
    public async Task A_complete_course_through_the_portal()
    {
        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        await desk.ReferAsync("Moira", Client);
        await desk.BookAsync(first, Planned);
        await InitialAsync(desk);
        for (var week = 0; week < Planned; week++)
        {
            if (week == 3) await EnterMiddleAsync(desk);
            if (week == 15) await EnterEndingAsync(desk);
            await WeekAsync(desk, week);
        }

        await SessionAsync(desk, Week(Planned), byPhone: true, low: true);
        await EndAsync(desk);

        var sessions = await site.ReadAsync(db => db.Appointments.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(1, Planned), sessions.Where(s => s.Attendance == 5).OrderBy(s => s.StartsAt).Select(s => s.Number));
        Assert.Equal(Planned + 2, sessions.Count);
    }

    private static DateTime Week(int number) => first.AddDays(7 * number);

    private static DateTimeOffset Instant(DateTime local) => LocalTime.ToInstant(local, SiteClinic.Zone);

    private static async Task InitialAsync(Desk desk)
    {
        await desk.AddPersonAsync("K.", "sister", "1 Closest", "1 Closest", "Supportive");
        await desk.AddPersonAsync("Old friends", "friends in the north", "4 Distant", "2 Close", "Strained or distant");
        await desk.OpenCourseAsync("/inventory");
        await desk.ShootAsync("inventory");
        await desk.OpenCourseAsync("/plan");
        await desk.TickTaskAsync("Psychiatric history, explicit diagnosis and severity score");
        await desk.TickTaskAsync("Interpersonal inventory");
        await desk.TickTaskAsync("Risk screen and crisis plan");
        await desk.FollowAsync("Waive Give the sick role: a named, treatable illness");
        await desk.FillAsync("Reason", "Given at the assessment, see the referral.");
        await desk.PressAsync("Waive the task");
        await desk.SeesAsync("Given at the assessment, see the referral.");
    }

    private async Task WeekAsync(Desk desk, int week)
    {
        switch (week)
        {
            case Cancelled:
                site.GoTo(Instant(Week(week).AddDays(-2)));
                await desk.OpenSessionAsync(Week(week));
                await desk.RecordAsync("Cancelled by or for the client (2)", "A day at the hospital with her mother.");
                await desk.BookAsync(Week(week).AddDays(2), 1);
                await SessionAsync(desk, Week(week).AddDays(2));
                break;
            case Missed:
                await MissedAsync(desk, Week(week));
                break;
            default:
                await SessionAsync(desk, Week(week), byPhone: week is 0 or 6, paper: week % 3 == 2, low: week > 8);
                break;
        }

        switch (week)
        {
            case 1: await HomeworkAsync(desk, Week(2)); break;
            case 7: await AmendAsync(desk); break;
            case 8: await desk.OpenCourseAsync(); await desk.ShootAsync("course"); break;
        }
    }

    private async Task SessionAsync(Desk desk, DateTime local, bool byPhone = false, bool paper = false, bool low = false)
    {
        if (byPhone) await AnswerByPhoneAsync(local, low);
        site.GoTo(Instant(local).AddMinutes(50));
        await desk.OpenSessionAsync(local);
        await desk.RecordAsync("Attended (5)");
        await desk.SignAsync($"The week since we last met, what was hard in it, and what helped. {Words.Of(local)}.", "Mourn the old role");
        if (paper) await desk.EnterMeasuresAsync(low ? 1 : 2, low ? 0 : 1);
        if (byPhone) await desk.ReadResultsAsync();
    }

    /// <summary>The reminder of the day before carries the link; both measures are answered on the phone.</summary>
    private async Task AnswerByPhoneAsync(DateTime local, bool low)
    {
        site.GoTo(Instant(local.AddDays(-1)));
        await using var phone = await Phone.TakeAsync(site);
        await phone.BeginAsync(await site.NextLetterAsync(Client));
        await phone.ShootAsync("phone-question");
        var (answer, difficulty) = low ? (0, 0) : (2, 1);
        await phone.AnswerAllAsync([.. Enumerable.Repeat(answer, 7), 1, 0, difficulty, .. Enumerable.Repeat(answer, 7)]);
        await phone.ShootAsync("phone-check");
        await phone.PressAsync("Send my answers");
        await phone.SeesAsync("Everything has been sent");
        await phone.ShootAsync("phone-done");
    }

    private async Task HomeworkAsync(Desk desk, DateTime next)
    {
        await desk.OpenCourseAsync("/homework/new");
        await desk.FillAsync("Title", "Ring one old friend");
        await desk.FillAsync("What the client is asked to do", "Choose one of the friends in the north and ring them for ten minutes.");
        await desk.PressAsync("Agree");
        await desk.SeesBannerAsync("Homework agreed");
        site.GoTo(Instant(next.AddDays(-2)));
        await using var phone = await Phone.TakeAsync(site);
        await phone.BeginAsync(await site.NextLetterAsync(Client));
        await phone.ShootAsync("phone-homework");
        await phone.Page.GetByLabel("I did some of it").CheckAsync();
        await phone.Page.GetByLabel("Anything you would like to say about it").FillAsync("She was out, I left a message.");
        await phone.PressAsync("Send");
        await phone.SeesAsync("Thank you");
        await desk.OpenCourseAsync();
        await desk.SeesAsync("She was out, I left a message.");
    }

    private async Task MissedAsync(Desk desk, DateTime local)
    {
        site.GoTo(Instant(local).AddMinutes(50));
        await desk.OpenSessionAsync(local);
        await desk.RecordAsync("Did not attend (3)");
        Assert.Contains("We did not meet as planned.", (await site.NextLetterAsync(Client)).Text, StringComparison.Ordinal);
        await desk.OpenCourseAsync();
        await desk.FollowAsync(Words.Of(local));
        await desk.ShootAsync("follow-up");
        await desk.ChooseAsync("What came of it", "The client was reached");
        await desk.FillAsync("What was done", "Rang her: a cold. We add a week at the end.");
        await desk.PressAsync("Close the follow-up");
        await desk.SeesBannerAsync("Follow-up closed");
        await desk.BookAsync(Week(Planned), 1);
    }

    private static async Task AmendAsync(Desk desk)
    {
        await desk.FillAsync("Why the note is amended", "Left out by mistake");
        await desk.FillAsync("Amendment", "And about Sunday with her sister.");
        await desk.PressAsync("Add the amendment");
        await desk.SeesAsync("Amendment: Left out by mistake");
        await desk.ShootAsync("session-signed");
    }

    private static async Task EnterMiddleAsync(Desk desk)
    {
        await desk.OpenCourseAsync("/plan/focus");
        await desk.ChooseAsync("Problem area", "Role transition");
        await desk.FillAsync("Why this focus", "All of it began with the move.");
        await desk.PressAsync("Choose this focus");
        await desk.SeesBannerAsync("Focus chosen");
        await desk.FollowAsync("Write the formulation");
        await desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "Formulation", Exact = true }).FillAsync("You have been depressed since the move took you from everyone you knew. We will work on this change of role.");
        await desk.TickAsync("The client accepts it");
        await desk.PressAsync("Record the formulation");
        await desk.SeesBannerAsync("Formulation recorded");
        await desk.FollowAsync("Agree a contract");
        await desk.FillAsync("What happens when a session is missed", "We add it at the end, once.");
        await desk.PressAsync("Agree the contract");
        await desk.SeesBannerAsync("Contract agreed");
        await desk.ShootAsync("plan");
        await desk.PressAsync("Enter the middle phase");
        await desk.SeesBannerAsync("Phase entered");
    }

    private static async Task EnterEndingAsync(Desk desk)
    {
        await desk.OpenCourseAsync("/plan");
        await desk.TickTaskAsync("Name the ending and count the sessions left");
        await desk.PressAsync("Enter the ending phase");
        await desk.SeesBannerAsync("Phase entered");
    }

    private static async Task EndAsync(Desk desk)
    {
        await desk.OpenCourseAsync("/plan");
        foreach (var task in new[]
        {
            "Review symptoms against baseline", "Ask why the client is better; credit the client", "Review the inventory again", "Work through feelings about ending",
            "Name warning signs of recurrence", "Relapse plan: whom to tell, how to return", "Decide the next step",
        }) await desk.TickTaskAsync(task);
        await desk.OpenCourseAsync("/status/end");
        await desk.ChooseAsync("How it ends", "Completed");
        await desk.FillAsync("Review", "Settled in the new town, two friends, sleeps through. Warning sign: staying in at weekends.");
        await desk.ShootAsync("end");
        await desk.PressAsync("End the course");
        await desk.SeesBannerAsync("The course has ended");
        await desk.SeesAsync("16 sessions attended of 16");
        await desk.ShootAsync("course-ended");
        await desk.OpenCourseAsync("/status");
        await desk.SeesAsync("Reliably recovered");
        await desk.ShootAsync("status-ended");
    }
}
