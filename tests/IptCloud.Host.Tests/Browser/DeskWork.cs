using System.Globalization;
using IptCloud.Domain.Courses;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>What a therapist does in the portal, page by page.</summary>
internal static class DeskWork
{
    /// <summary>Refers a new client and starts the course.</summary>
    public static async Task ReferAsync(this Desk desk, string name, string email)
    {
        await desk.OpenAsync("/caseload");
        await desk.FollowAsync("Refer a client");
        await desk.FillAsync("Given name", name);
        await desk.FillAsync("E-mail address", email);
        await desk.TickAsync("The client agrees to messages by e-mail");
        await desk.TickAsync("Reminders may name day and time");
        await desk.ChooseAsync("Protocol", "IPT, 16 sessions");
        await desk.FillAsync("Reason for referral", "Low since the move in March; asks for help with it.");
        await desk.PressAsync("Refer");
        await desk.SeesAsync("Treatment has not begun");
        desk.Course = new Uri(desk.Page.Url).AbsolutePath;
        await desk.FollowAsync("Start the course");
        await desk.PressAsync("Start the course");
        await desk.SeesBannerAsync("Treatment has begun");
    }

    public static async Task BookAsync(this Desk desk, DateTime first, int count)
    {
        await desk.OpenCourseAsync("/sessions/book");
        await desk.FillDateAsync("First session", DateOnly.FromDateTime(first));
        await desk.FillAsync("Starts at", first.ToString("HH:mm", CultureInfo.InvariantCulture));
        await desk.FillAsync("How many sessions", $"{count}");
        await desk.PressAsync("Book");
        await desk.SeesBannerAsync("Sessions booked");
    }

    public static async Task AddPersonAsync(this Desk desk, string name, string relation, string now, string wished, string quality)
    {
        await desk.OpenCourseAsync("/inventory/new");
        await desk.FillAsync("Name, initials or a pseudonym", name);
        await desk.FillAsync("Who this is to the client", relation);
        await desk.ChooseAsync("Closeness now", now);
        await desk.ChooseAsync("Closeness wished", wished);
        await desk.ChooseAsync("What it is like", quality);
        await desk.PressAsync("Save");
        await desk.SeesBannerAsync("Inventory saved");
    }

    public static async Task TickTaskAsync(this Desk desk, string title)
    {
        await desk.PressAsync($"Tick {title}");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Button, new() { Name = $"Tick {title}", Exact = true })).ToHaveCountAsync(0);
    }

    /// <summary>Opens a session from the list, by its time.</summary>
    public static async Task OpenSessionAsync(this Desk desk, DateTime local)
    {
        await desk.OpenCourseAsync("/sessions");
        await desk.FollowAsync(Words.Of(local));
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Attendance" })).ToBeVisibleAsync();
    }

    /// <summary>Records what became of the session that is open in the browser.</summary>
    public static async Task RecordAsync(this Desk desk, string code, string? reason = null)
    {
        await desk.ChooseAsync("What became of the session", code);
        if (reason is not null) await desk.FillAsync("Reason", reason);
        await desk.PressAsync("Record attendance");
        await desk.SeesBannerAsync("Attendance recorded");
    }

    /// <summary>Types the note, sees it saved, and signs it.</summary>
    public static async Task SignAsync(this Desk desk, string note, string strategy)
    {
        var box = desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "What happened and what it means" });
        await box.FillAsync(note);
        await box.PressAsync("Tab");
        await desk.SeesAsync("Draft saved at");
        await desk.TickAsync(strategy);
        await desk.PressAsync("Sign the note");
        await desk.SeesBannerAsync("Note signed");
    }

    /// <summary>Enters both measures as filled in on paper; the answer to each question is the option of that value.</summary>
    public static async Task EnterMeasuresAsync(this Desk desk, int phq, int gad)
    {
        await desk.OpenCourseAsync("/measures/enter");
        foreach (var (instrument, questions, answer) in new[] { ("PHQ-9", 9, phq), ("GAD-7", 7, gad) })
        {
            var asked = desk.Page.GetByRole(AriaRole.Group, new() { Name = instrument, Exact = true }).GetByRole(AriaRole.Group);
            for (var i = 0; i < questions; i++)
                await asked.Nth(i).GetByRole(AriaRole.Radio).Nth(i == 8 ? 0 : answer).CheckAsync();
        }

        await desk.PressAsync("Record the answers");
        await desk.SeesBannerAsync("Answers recorded");
    }

    /// <summary>Reads every result that waits on the course page.</summary>
    public static async Task ReadResultsAsync(this Desk desk)
    {
        await desk.OpenCourseAsync();
        var waiting = desk.Page.GetByRole(AriaRole.Paragraph).Filter(new() { HasText = "To read" }).GetByRole(AriaRole.Link);
        for (var left = await waiting.CountAsync(); left > 0; left--)
        {
            await Assertions.Expect(waiting).ToHaveCountAsync(left);
            await waiting.First.ClickAsync();
            await desk.PressAsync("Mark as read");
            await desk.SeesBannerAsync("Marked as read");
        }
    }
}
