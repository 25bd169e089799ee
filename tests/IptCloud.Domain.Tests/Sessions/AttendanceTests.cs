namespace IptCloud.Domain.Tests.Sessions;

/// <summary>The six codes, what they count as, and how they are corrected (domain.md §6.1).</summary>
public sealed class AttendanceTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    [Theory]
    [InlineData(5, AttendanceCode.Attended, true, false)]
    [InlineData(6, AttendanceCode.AttendedLate, true, false)]
    [InlineData(7, AttendanceCode.ArrivedNotSeen, false, false)]
    [InlineData(3, AttendanceCode.DidNotAttend, false, false)]
    [InlineData(2, AttendanceCode.CancelledByClient, false, true)]
    [InlineData(4, AttendanceCode.CancelledByService, false, true)]
    public void The_number_is_the_national_code_and_says_what_it_counts_as(int number, AttendanceCode code, bool attended, bool frees)
    {
        Assert.Equal(number, (int)code);
        var id = c.Book()[0];
        c.Attend(id, code);
        Assert.Equal((attended, attended ? 1 : null, !frees), (c.Session(id).WasAttended, c.Session(id).Number, c.Session(id).HoldsTime));
        Assert.Equal(code == AttendanceCode.DidNotAttend, c.Session(id).FollowUp is not null);
        Assert.Equal(code == AttendanceCode.DidNotAttend, c.Session(id).NoticeAt is not null);
        Assert.Equal(6, Enum.GetValues<AttendanceCode>().Length);
    }

    [Fact]
    public void Only_a_cancellation_can_be_recorded_before_the_session_begins()
    {
        var id = c.Book()[0];
        foreach (var code in Enum.GetValues<AttendanceCode>().Where(code => !code.IsCancellation()))
            Assert.Equal("session.not-yet", c.Refused(new RecordAttendance(id, code, "", null)).Code);
        c.Record(id, AttendanceCode.CancelledByService);
    }

    [Theory]
    [InlineData(25, AttendanceCode.CancelledByClient, false)]
    [InlineData(23, AttendanceCode.CancelledByClient, true)]
    [InlineData(23, AttendanceCode.CancelledByService, false)]
    public void Only_the_clients_own_cancellation_at_short_notice_is_late(int hoursBefore, AttendanceCode code, bool late)
    {
        var id = c.Book()[0];
        c.WakeUntil(c.Session(id).Time.StartsAt.AddHours(-hoursBefore));
        c.Record(id, code);
        Assert.Equal(late, c.Session(id).Late);
    }

    [Fact]
    public void A_correction_numbers_the_sessions_anew()
    {
        var ids = c.AttendNext(3);
        c.Record(ids[0], AttendanceCode.DidNotAttend);
        Assert.Equal([null, 1, 2], c.State.Sessions.Select(s => s.Number));
        c.Record(ids[0], AttendanceCode.AttendedLate);
        Assert.Equal([1, 2, 3], c.State.Sessions.Select(s => s.Number));
    }

    [Fact]
    public void A_late_record_of_an_earlier_session_takes_its_place_in_order()
    {
        var ids = c.Book(2);
        c.Attend(ids[1]);
        Assert.Equal(1, c.Session(ids[1]).Number);
        c.Record(ids[0], AttendanceCode.Attended);
        Assert.Equal((1, 2), (c.Session(ids[0]).Number, c.Session(ids[1]).Number));
    }

    [Fact]
    public void A_miss_corrected_to_attended_withdraws_message_and_follow_up()
    {
        var id = c.Book()[0];
        c.Attend(id, AttendanceCode.DidNotAttend);
        c.Record(id, AttendanceCode.Attended);
        Assert.Equal((null, null), (c.Session(id).NoticeAt, c.Session(id).FollowUp));
        c.WakeFor(TimeSpan.FromDays(3));
        Assert.DoesNotContain(c.ToClient, m => m.Template == MessageTemplate.Rebook);
    }

    [Fact]
    public void A_session_keeps_the_phase_it_was_held_in_when_it_is_corrected_later()
    {
        var ids = c.AttendNext(3);
        c.EnterNext();
        c.Record(ids[2], AttendanceCode.AttendedLate);
        Assert.Equal(Phase.Initial, c.Session(ids[2]).HeldIn);
    }

    [Fact]
    public void Signing_the_note_fixes_the_attendance()
    {
        var id = c.AttendNext(1)[0];
        c.Do(c.NoteFor(id));
        Assert.Equal("session.note-fixed", c.Refused(new RecordAttendance(id, AttendanceCode.DidNotAttend, "", AttendanceCode.Attended)).Code);
        Assert.Empty(c.Do(new RecordAttendance(id, AttendanceCode.Attended, "", AttendanceCode.Attended)));
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        var id = c.Book()[0];
        Assert.Equal("session.unknown", c.Refused(new RecordAttendance(c.New<SessionId>(), AttendanceCode.Attended, "", null)).Code);
        Assert.Equal("code", c.Refused(new RecordAttendance(id, (AttendanceCode)1, "", null)).Field);
        Assert.Equal("reason", c.Refused(new RecordAttendance(id, AttendanceCode.CancelledByService, new string('x', 201), null)).Field);
        Assert.Equal("session.unknown", c.Refused(new NoteArrival(c.New<SessionId>())).Code);
    }

    [Fact]
    public void Arrival_is_noted_once()
    {
        var id = c.Book()[0];
        c.WakeUntil(c.Session(id).Time.StartsAt.AddHours(-12));
        Assert.Equal("session.arrives-today", c.Refused(new NoteArrival(id)).Code);
        c.WakeUntil(c.Session(id).Time.StartsAt.AddMinutes(-5));
        c.Do(new NoteArrival(id));
        Assert.Equal(c.Now, c.Session(id).ArrivedAt);
        Assert.Empty(c.Do(new NoteArrival(id)));
    }
}
