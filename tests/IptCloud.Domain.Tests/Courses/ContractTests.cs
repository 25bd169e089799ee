namespace IptCloud.Domain.Tests.Courses;

/// <summary>The contract fixes how many sessions there are; more need a new one (domain.md §1.1, §1.4a).</summary>
public sealed class ContractTests
{
    private readonly CourseDriver c = new CourseDriver().Started();

    [Theory]
    [InlineData(11)]
    [InlineData(17)]
    [InlineData(20)]
    [InlineData(-1)]
    public void A_first_contract_stays_within_the_protocol(int sessions)
    {
        var refused = c.Refused(c.ContractFor(sessions));
        Assert.Equal(("contract.sessions", "sessions"), (refused.Code, refused.Field));
    }

    [Fact]
    public void Extending_16_to_20_takes_a_new_contract_with_goals()
    {
        Assert.Equal("contract.sessions", c.Refused(c.ContractFor(20)).Code);
        c.Agreed(16);
        c.Book(16);
        Assert.Equal("session.beyond-contract", c.Refused(OneMore()).Code);
        Assert.Equal("contract.extension-goals", c.Refused(c.ContractFor(20, goals: " ")).Code);
        c.Agreed(20);
        c.Do(OneMore());
        Assert.Equal((20, 17), (c.State.PlannedSessions, c.State.Sessions.Length));
        Assert.Equal("contract.sessions", c.Refused(c.ContractFor(33)).Code);
    }

    [Fact]
    public void A_contract_is_never_shorter_than_what_was_held()
    {
        c.Agreed(16).AttendNext(13);
        Assert.Equal("Agree between 13 and 32 sessions.", c.Refused(c.ContractFor(12)).Text);
        c.Agreed(13);
    }

    [Fact]
    public void Missed_and_cancelled_sessions_leave_their_place_in_the_contract()
    {
        c.Agreed(12);
        var ids = c.Book(12);
        Assert.Equal("session.beyond-contract", c.Refused(OneMore()).Code);
        c.Attend(ids[0], AttendanceCode.DidNotAttend);
        c.Do(OneMore());
        Assert.Equal("session.beyond-contract", c.Refused(OneMore()).Code);
    }

    [Theory]
    [InlineData(12, "1-3 4-10 11-12")]
    [InlineData(16, "1-3 4-14 15-16")]
    [InlineData(20, "1-3 4-18 19-20")]
    public void The_middle_phase_takes_what_the_contract_leaves(int sessions, string phases) =>
        Assert.Equal(phases, string.Join(' ', Enum.GetValues<Phase>().Select(p => Catalog.Current.Protocol("ipt-16", 1)!.PlanFor(p, sessions)).Select(p => $"{p.From}-{p.To}")));

    [Fact]
    public void An_extension_moves_the_end_of_the_phase_and_with_it_the_gate()
    {
        c.Agreed().AttendNext(3);
        c.EnterNext();
        c.AttendNext(11);
        Assert.NotNull(c.State.GateDueAt);
        c.Agreed(20);
        c.WakeFor(TimeSpan.FromDays(2));
        Assert.Null(c.State.GateOverdueAt);
    }

    [Fact]
    public void Everything_wrong_with_a_contract_is_said_at_once()
    {
        var decision = c.Try(new AgreeContract(99, 5, c.Today, "", new string('x', 5_000)));
        Assert.Equal(["contract.sessions", "minutes", "contract.review-by", "missing", "too-long"], decision.Refusals.Select(r => r.Code));
    }

    [Fact]
    public void The_terms_stand_as_agreed()
    {
        c.Agreed(14);
        Assert.Equal((14, 50, "A miss is talked about.", "Speak openly at home.", c.Now), (c.State.Contract!.Sessions, c.State.Contract.Minutes, c.State.Contract.MissedSessionRule, c.State.Contract.Goals, c.State.Contract.AgreedAt));
        Assert.Equal(c.Today.AddDays(200), c.State.Contract.ReviewBy);
    }

    private BookSeries OneMore() => new(c.New<SeriesId>(), [c.New<SessionId>()], c.LocalNow.AddDays(180), 50);
}
