namespace IptCloud.Domain.Tests.Courses;

/// <summary>A form filled in on what no longer stands is refused, and the refusal shows what stands there now.</summary>
public sealed class StaleFormTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    private void IsStale(CourseCommand command, string code, string current)
    {
        var refused = c.Refused(command);
        Assert.Equal((code, current), (refused.Code, refused.Current));
    }

    [Fact]
    public void A_session_that_was_moved_meanwhile()
    {
        var id = c.Book()[0];
        var seen = c.Session(id).Time.Local;
        c.Do(new MoveSession(id, seen, seen.AddHours(2), MoveScope.This));
        IsStale(new MoveSession(id, seen, seen.AddHours(4), MoveScope.This), "session.moved", "Tuesday 8 September 2026, 12:00");
        Assert.Empty(c.Do(new MoveSession(id, seen, seen.AddHours(2), MoveScope.This)));
    }

    [Fact]
    public void Attendance_that_was_recorded_meanwhile()
    {
        var id = c.AttendNext(1)[0];
        IsStale(new RecordAttendance(id, AttendanceCode.DidNotAttend, "", null), "session.already-recorded", "Attended");
        IsStale(new RecordAttendance(id, AttendanceCode.DidNotAttend, "", AttendanceCode.AttendedLate), "session.already-recorded", "Attended");
        c.Do(new RecordAttendance(id, AttendanceCode.DidNotAttend, "", AttendanceCode.Attended));
    }

    [Fact]
    public void A_note_that_was_signed_meanwhile()
    {
        var id = c.AttendNext(1)[0];
        c.Do(c.NoteFor(id, "Signed first."));
        IsStale(c.NoteFor(id, "Signed second."), "note.already-signed", "Signed first.");
    }

    [Fact]
    public void A_formulation_that_has_a_newer_version()
    {
        c.Do(new RecordFormulation(0, "First.", Accepted: false));
        IsStale(new RecordFormulation(0, "Second.", Accepted: true), "formulation.changed", "First.");
        c.Do(new RecordFormulation(1, "Second.", Accepted: true));
    }

    [Fact]
    public void A_focus_that_was_chosen_meanwhile()
    {
        c.Do(new ChooseFocus(FocusArea.Grief, "First.") { Seen = 0 });
        IsStale(new ChooseFocus(FocusArea.RoleDispute, "Second.") { Seen = 0 }, "focus.changed", "First.");
        c.Do(new ChooseFocus(FocusArea.RoleDispute, "Second.") { Seen = 1 });
        Assert.Equal((FocusArea.RoleDispute, "Second."), (c.State.Focus, c.State.FocusReason));
    }

    [Fact]
    public void A_contract_that_was_agreed_meanwhile()
    {
        var seen = c.State.ContractVersion;
        c.Do(c.ContractFor(16, "First.") with { Seen = seen });
        IsStale(c.ContractFor(16, "Second.") with { Seen = seen }, "contract.changed", "First.");
        c.Do(c.ContractFor(16, "Second.") with { Seen = seen + 1 });
    }

    [Fact]
    public void A_person_who_was_changed_meanwhile()
    {
        c.Do(new RecordPerson(CourseSteps.Partner, null));
        var closer = CourseSteps.Partner with { RingNow = 1 };
        c.Do(new RecordPerson(closer, CourseSteps.Partner));
        IsStale(new RecordPerson(CourseSteps.Partner with { RingNow = 4 }, CourseSteps.Partner), "person.changed", "P., partner. Ring 1 now, 1 wished. More time together.");
    }

    [Fact]
    public void An_alert_that_was_closed_meanwhile()
    {
        c.Do(new AnswerItem(c.Invited().Form, 9, 1), Clinic.Client);
        var alert = c.State.Alerts[0].Id;
        c.Do(new AcknowledgeAlert(alert));
        c.Do(new CloseAlert(alert, AlertOutcome.AssessedNoChange, "Seen in the afternoon."), Clinic.DutyLead);
        IsStale(new CloseAlert(alert, AlertOutcome.SafetyPlanAgreed, "Called."), "alert.closed", "Seen in the afternoon.");
    }
}
