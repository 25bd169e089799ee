namespace IptCloud.Domain.Tests.Messages;

/// <summary>When a prompt leaves, is put off, or is dropped (domain.md §3.4).</summary>
public sealed class PromptTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    private IEnumerable<(DueKind Kind, string Reason)> Skipped => c.Journal.Select(e => e.Event).OfType<PromptSkipped>().Select(e => (e.Kind, e.Reason));

    private DateTime SentAt(string purpose) => LocalTime.ToLocal(c.ToClient.Single(m => m.Intents.Any(i => i.Purpose == purpose)).NotBefore, c.Client.Zone);

    [Fact]
    public void The_reminder_comes_the_day_before_with_the_measures_and_nothing_else_that_day()
    {
        var id = c.Book()[0];
        c.WakeUntil(c.Session(id).Time.StartsAt);
        var message = Assert.Single(c.ToClient);
        Assert.Equal(new DateTime(2026, 9, 7, 10, 0, 0), SentAt("reminder"));
        Assert.Equal(["reminder", "measures"], message.Intents.Select(i => i.Purpose));
        Assert.Equal(c.Session(id).EndsAt, message.ClosesAt);
    }

    [Fact]
    public void A_message_to_a_client_carries_no_words_at_all()
    {
        c.Book();
        c.SetHomework();
        c.WakeFor(TimeSpan.FromDays(6));
        Assert.NotEmpty(c.ToClient);
        Assert.All(c.ToClient.SelectMany(m => m.Intents), i => Assert.True(i.Purpose is "reminder" or "measures" or "homework" or "rebook" && i.Occasion.All(char.IsAsciiDigit)));
        Assert.DoesNotContain(typeof(QueuedMessage).GetProperties(), p => p.PropertyType == typeof(string));
        Assert.DoesNotContain(typeof(MessageQueued).GetProperties(), p => p.PropertyType == typeof(string) && p.Name != "EqualityContract");
    }

    [Fact]
    public void Homework_is_prompted_once_half_way_to_the_next_session()
    {
        c.Book();
        c.SetHomework();
        c.WakeFor(TimeSpan.FromDays(6));
        Assert.Equal(new DateTime(2026, 9, 5, 8, 0, 0), SentAt("homework")); // the middle falls into the evening of the 4th
    }

    [Fact]
    public void Homework_without_a_prompt_stays_silent()
    {
        c.SetHomework(prompt: false);
        c.WakeFor(TimeSpan.FromDays(10));
        Assert.Empty(c.ToClient);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_homework_prompt_leaves_within_a_day_after_a_session_recorded_or_not(bool recorded)
    {
        var session = c.Book(inDays: 2, hour: 12)[0];
        c.SetHomework(dueInDays: 2);
        c.WakeUntil(c.Session(session).EndsAt);
        if (recorded) c.Record(session, AttendanceCode.Attended);
        c.SetHomework(dueInDays: 1);
        c.WakeFor(TimeSpan.FromHours(23.9));
        Assert.DoesNotContain(c.ToClient.Where(m => m.NotBefore > c.Session(session).EndsAt), m => m.Intents.Any(i => i.Purpose == "homework"));
        c.WakeFor(TimeSpan.FromHours(1));
        Assert.Contains(c.ToClient.Where(m => m.NotBefore >= c.Session(session).EndsAt.AddDays(1)), m => m.Intents.Any(i => i.Purpose == "homework"));
    }

    [Fact]
    public void What_is_due_on_one_day_is_one_message()
    {
        c.Book(inDays: 4, hour: 15);
        c.Do(new SetHomework(c.New<HomeworkId>(), null, "A", "B", c.Today.AddDays(5), true));
        c.Now = c.Now.AddDays(2).AddHours(2);
        c.SetHomework(dueInDays: 2);
        c.WakeFor(TimeSpan.FromDays(1.5));
        var days = c.ToClient.Select(m => LocalTime.DateOf(m.NotBefore, Clinic.London)).ToList();
        Assert.Equal(days.Distinct(), days);
        Assert.Contains(c.ToClient, m => m.Intents.Length > 2);
    }

    [Fact]
    public void At_most_three_messages_leave_in_any_seven_days()
    {
        c.Policy = c.Policy with { UnansweredLimit = 99 };
        for (var day = 1; day <= 6; day++) c.Book(inDays: day + 1, hour: 12);
        c.WakeFor(TimeSpan.FromDays(6));
        Assert.Equal(3, c.ToClient.Count());
    }

    [Fact]
    public void A_network_that_wants_no_messages_sends_none()
    {
        c.Policy = c.Policy with { MessagesPerWeek = 0 };
        c.Book(3);
        c.SetHomework();
        c.WakeFor(TimeSpan.FromDays(5));
        Assert.Empty(c.ToClient);
    }

    [Fact]
    public void A_reminder_for_an_early_session_comes_in_the_daytime_before()
    {
        var early = c.Book(hour: 7)[0];
        c.WakeUntil(c.Session(early).Time.StartsAt);
        Assert.Equal(new DateTime(2026, 9, 7, 8, 0, 0), SentAt("reminder"));
    }

    [Fact]
    public void A_client_in_another_zone_is_reminded_in_their_own_daytime()
    {
        c.Client = c.Client with { Zone = Clinic.NewYork };
        var id = c.Book(hour: 10)[0];
        c.WakeUntil(c.Session(id).Time.StartsAt);
        Assert.Equal(new DateTime(2026, 9, 7, 8, 0, 0), SentAt("reminder"));
    }

    [Fact]
    public void A_session_booked_at_short_notice_is_reminded_of_at_once()
    {
        var id = c.Book(inDays: 0, hour: 17)[0];
        c.WakeUntil(c.Session(id).Time.StartsAt);
        Assert.Equal(new DateTime(2026, 9, 1, 9, 0, 0), SentAt("reminder"));
    }

    [Fact]
    public void After_two_unanswered_prompts_the_prompts_stop_and_reminders_go_on()
    {
        c.Book(4);
        c.WakeFor(TimeSpan.FromDays(29));
        Assert.Equal(2, c.ToClient.Count(m => m.Intents.Any(i => i.Purpose == "measures")));
        Assert.Equal(4, c.ToClient.Count(m => m.Intents.Any(i => i.Purpose == "reminder")));
        Assert.Contains((DueKind.MeasureInvitation, "earlier prompts were not answered"), Skipped);
    }

    [Fact]
    public void Answering_or_attending_sets_the_count_of_unanswered_prompts_back()
    {
        var ids = c.Book(4);
        foreach (var id in ids) c.Attend(id);
        Assert.Equal(4, c.ToClient.Count(m => m.Intents.Any(i => i.Purpose == "measures")));
        Assert.Equal(0, c.State.UnansweredPrompts);
    }

    [Fact]
    public void Without_consent_or_address_nothing_is_sent()
    {
        var id = c.Book()[0];
        c.SetHomework();
        c.Client = c.Client with { MayEmail = false };
        c.WakeUntil(c.Session(id).Time.StartsAt);
        Assert.Empty(c.ToClient);
        Assert.All(Skipped, s => Assert.Equal("no consent or no address", s.Reason));
        Assert.Equal(3, Skipped.Count());
    }

    [Fact]
    public void Cancelled_sessions_answered_and_withdrawn_tasks_are_not_prompted_for()
    {
        var id = c.Book()[0];
        c.Do(new AnswerHomework(c.SetHomework(), HomeworkAnswer.NotYet, ""), Clinic.Client);
        c.Do(new WithdrawHomework(c.SetHomework()));
        c.Record(id, AttendanceCode.CancelledByClient);
        Assert.Empty(c.Due);
        c.WakeFor(TimeSpan.FromDays(10));
        Assert.Empty(c.ToClient);
    }

    [Fact]
    public void A_wake_that_comes_late_sends_nothing_at_night_and_nothing_that_is_past()
    {
        var id = c.Book()[0];
        c.Now = LocalTime.ToInstant(new DateTime(2026, 9, 7, 22, 0, 0), Clinic.London);
        c.Wake();
        Assert.Empty(c.ToClient);
        Assert.Equal(new DateTime(2026, 9, 8, 8, 0, 0), LocalTime.ToLocal(c.Due[0].DueAt, Clinic.London));
        c.Now = c.Session(id).Time.StartsAt;
        c.Wake();
        Assert.Empty(c.ToClient);
        Assert.Contains((DueKind.SessionReminder, "the session's time has come"), Skipped);
    }

    [Fact]
    public void Waking_twice_does_nothing_twice()
    {
        c.Book(2);
        c.SetHomework();
        for (var hours = 0; hours < 24 * 16; hours++)
        {
            c.Now = c.Now.AddHours(1);
            while (!c.Wake().IsEmpty) { }
            Assert.DoesNotContain(c.Due, d => d.DueAt <= c.Now);
        }

        Assert.Equal(2, c.ToClient.Count(m => m.Intents.Any(i => i.Purpose == "reminder")));
    }
}
