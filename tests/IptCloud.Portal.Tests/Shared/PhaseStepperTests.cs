namespace IptCloud.Portal.Shared;

public sealed class PhaseStepperTests : BunitContext
{
    private static readonly StepperPhase[] Phases = [new("Initial", 1, 2), new("Middle", 3, 5, Current: true), new("Ending", 6, 6)];

    [Fact]
    public void Only_attended_sessions_are_numbered()
    {
        var words = Words(Draw());

        Assert.Equal(
            [
                "Session 1, attended, 5 January 2026",
                "12 January 2026, did not attend, not counted",
                "Session 2, attended, arrived late, 19 January 2026",
                "26 January 2026, cancelled by the service, not counted",
                "Session 3, next, 2 February 2026",
                "Session 4, planned",
                "Session 5, planned",
                "Session 6, planned",
            ], words);
    }

    [Fact]
    public void Marks_stand_in_the_phase_that_their_number_belongs_to()
    {
        var phases = Draw().FindAll(".phase").Select(phase => phase.QuerySelectorAll(".steps > li").Length);

        Assert.Equal([3, 4, 1], phases);
    }

    [Fact]
    public void Next_session_is_the_current_step_and_every_past_mark_is_a_link()
    {
        var stepper = Draw();

        Assert.Equal("3", stepper.Find("[aria-current=step] [aria-hidden]").TextContent);
        Assert.Equal(5, stepper.FindAll("a.step").Count);
    }

    [Fact]
    public void Unrecorded_session_is_named_and_the_one_to_come_is_next()
    {
        var stepper = Render<PhaseStepper>(p => p.Add(c => c.Phases, Phases).Add(c => c.Held, [Held(0, StepKind.Attended)])
            .Add(c => c.Unrecorded, [new(new DateOnly(2026, 1, 12), "#open")]).Add(c => c.Next, new StepperNext(new DateOnly(2026, 1, 19), "#next")));

        Assert.Equal(["Session 1, attended, 5 January 2026", "Session 2, not recorded, 12 January 2026", "Session 3, next, 19 January 2026"], Words(stepper).Take(3));
        Assert.Equal("#open", stepper.Find("a.step-unrecorded").GetAttribute("href"));
        Assert.Equal("#next", stepper.Find("[aria-current=step]").GetAttribute("href"));
        Assert.Equal("Not recorded", stepper.Find(".key").TextContent.Trim());
    }

    [Fact]
    public void Sessions_beyond_the_protocol_stay_in_the_last_phase()
    {
        var held = Enumerable.Range(0, 8).Select(week => Held(week, StepKind.Attended)).ToArray();

        var stepper = Render<PhaseStepper>(p => p.Add(c => c.Phases, Phases).Add(c => c.Held, held));

        Assert.Equal(3, stepper.FindAll(".phase")[2].QuerySelectorAll(".step-done").Length);
    }

    private IRenderedComponent<PhaseStepper> Draw() => Render<PhaseStepper>(p => p
        .Add(c => c.Phases, Phases)
        .Add(c => c.Held, [Held(0, StepKind.Attended), Held(1, StepKind.DidNotAttend), Held(2, StepKind.AttendedLate), Held(3, StepKind.CancelledByService)])
        .Add(c => c.Next, new StepperNext(new DateOnly(2026, 2, 2), "#next")));

    private static StepperSession Held(int week, StepKind kind) => new(new DateOnly(2026, 1, 5).AddDays(7 * week), kind, $"#s{week}");

    private static string[] Words(IRenderedComponent<PhaseStepper> stepper) => [.. stepper.FindAll(".step .vh").Select(e => e.TextContent)];
}
