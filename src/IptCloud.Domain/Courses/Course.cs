using IptCloud.Domain.Contacts;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Risk;
using IptCloud.Domain.Sessions;

namespace IptCloud.Domain.Courses;

/// <summary>The decisions of a course: what a command leads to, given the state and the context. Pure: the same in, the same out.</summary>
public static class Course
{
    /// <summary>Decides a command. Access is checked first, then whether the course's status allows it, then the command's own rules.</summary>
    public static Decision Decide(CourseState s, CourseCommand command, DecisionContext c)
    {
        if (command is ReferCourse refer) return CourseDecisions.Refer(s, refer, c);
        if (s.Status == CourseStatus.None) return CourseRefusals.NotFound;
        if (!CourseAccess.MayDo(s, command, c)) return CourseAccess.MayRead(s, c.Actor, c.Clinic, c.Now) || CourseAccess.MaySeeDiary(s, c.Actor, c.Clinic, c.Now) ? CourseRefusals.NotAllowed : CourseRefusals.NotFound;
        if (StatusRefusal(s, command) is { } refusal) return refusal;
        return command switch
        {
            StartCourse => CourseDecisions.Start(s),
            HoldCourse x => CourseDecisions.Hold(x),
            ResumeCourse => CourseDecisions.Resume(s),
            TransferCourse x => CourseDecisions.Transfer(s, x, c),
            CloseCourse x => CourseDecisions.Close(s, x, c),
            AgreeContract x => PhaseDecisions.Agree(s, x, c),
            ChooseFocus x => PhaseDecisions.Choose(s, x),
            RecordFormulation x => PhaseDecisions.Formulate(s, x),
            CompleteTask x => PhaseDecisions.Complete(s, x),
            WaiveTask x => PhaseDecisions.Waive(s, x),
            EnterPhase x => PhaseDecisions.Enter(s, x),
            BookSeries x => SessionDecisions.Book(s, x, c),
            MoveSession x => SessionDecisions.Move(s, x, c),
            NoteArrival x => SessionDecisions.Arrive(s, x, c),
            RecordAttendance x => SessionDecisions.Record(s, x, c),
            SignNote x => NoteDecisions.Sign(s, x),
            AmendNote x => NoteDecisions.Amend(s, x),
            CloseFollowUp x => SessionDecisions.FollowUp(s, x),
            RequestRebook x => SessionDecisions.Rebook(s, x),
            RecordContact x => ContactDecisions.Record(s, x, c),
            RecordPerson x => InventoryDecisions.Record(s, x),
            RemovePerson x => InventoryDecisions.Remove(s, x),
            SetHomework x => HomeworkDecisions.Set(s, x, c),
            AnswerHomework x => HomeworkDecisions.Answer(s, x, c),
            WithdrawHomework x => HomeworkDecisions.Withdraw(s, x),
            AnswerItem x => MeasureDecisions.Answer(s, x, c),
            SubmitMeasure x => MeasureDecisions.Submit(s, x, c),
            EnterMeasure x => MeasureDecisions.Enter(s, x, c),
            ReadResult x => MeasureDecisions.Read(s, x),
            AcknowledgeAlert x => RiskDecisions.Acknowledge(s, x, c.Actor),
            CloseAlert x => RiskDecisions.Close(s, x),
            WakeCourse x => WakeDecisions.Wake(s, x, c),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No decision for this command."),
        };
    }

    /// <summary>What the status forbids whatever the details: answers, alerts, notes and results go on in every status but the first.</summary>
    private static Refusal? StatusRefusal(CourseState s, CourseCommand command) => (s.Status, command) switch
    {
        (CourseStatus.Closed, SignNote or AmendNote or AcknowledgeAlert or CloseAlert or ReadResult or WakeCourse or AnswerItem or SubmitMeasure or EnterMeasure or CloseFollowUp or RecordContact) => null,
        (CourseStatus.Closed, _) => CourseRefusals.Closed,
        (CourseStatus.Referred, StartCourse or TransferCourse or CloseCourse or RecordContact or WakeCourse) => null,
        (CourseStatus.Referred, _) => CourseRefusals.NotStarted,
        (_, StartCourse) => CourseRefusals.AlreadyStarted,
        (CourseStatus.OnHold, BookSeries or EnterPhase or SetHomework or HoldCourse) => CourseRefusals.OnHold,
        _ => null,
    };
}
