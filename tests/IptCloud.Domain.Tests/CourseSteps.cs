namespace IptCloud.Domain.Tests;

/// <summary>What people of a clinic do, in their words.</summary>
public static class CourseSteps
{
    public static readonly Person Partner = new(Clinic.Id<PersonId>("partner"), "P.", "partner", 2, 1, RelationQuality.Strained, FocusArea.RoleDispute, "More time together.", "");

    /// <summary>A course referred by the clinic's admin.</summary>
    public static CourseDriver Referred(this CourseDriver c)
    {
        c.Do(new ReferCourse(Clinic.Sam, Clinic.TherapistId, Clinic.Here, c.ProtocolId, c.ProtocolVersion, "Low since the spring."), Clinic.Admin);
        return c;
    }

    /// <summary>A course in its initial phase.</summary>
    public static CourseDriver Started(this CourseDriver c)
    {
        c.Referred().Do(new StartCourse());
        return c;
    }

    public static AgreeContract ContractFor(this CourseDriver c, int sessions, string goals = "Speak openly at home.") =>
        new(sessions, c.State.Protocol.Sessions.Minutes, c.Today.AddDays(200), "A miss is talked about.", goals);

    public static CourseDriver Agreed(this CourseDriver c, int? sessions = null)
    {
        c.Do(c.ContractFor(sessions ?? c.State.Protocol.Sessions.Planned));
        return c;
    }

    /// <summary>Books a series whose first session is so many days from today at that wall-clock hour.</summary>
    public static ImmutableArray<SessionId> Book(this CourseDriver c, int count = 1, int inDays = 7, int hour = 10, int minute = 0)
    {
        ImmutableArray<SessionId> ids = [.. Enumerable.Range(0, count).Select(_ => c.New<SessionId>())];
        c.Do(new BookSeries(c.New<SeriesId>(), ids, c.Today.AddDays(inDays).ToDateTime(new TimeOnly(hour, minute)), 50));
        return ids;
    }

    public static Session Session(this CourseDriver c, SessionId id) => c.State.Session(id) ?? throw new InvalidOperationException("No such session.");

    public static void Record(this CourseDriver c, SessionId id, AttendanceCode code) => c.Do(new RecordAttendance(id, code, "", c.Session(id).Attendance));

    /// <summary>The clock moves to the session's end and the therapist records that it was attended.</summary>
    public static void Attend(this CourseDriver c, SessionId id, AttendanceCode code = AttendanceCode.Attended)
    {
        c.WakeUntil(c.Session(id).EndsAt);
        c.Record(id, code);
    }

    /// <summary>Books and attends so many sessions, a week apart.</summary>
    public static ImmutableArray<SessionId> AttendNext(this CourseDriver c, int count)
    {
        var ids = c.Book(count);
        foreach (var id in ids) c.Attend(id);
        return ids;
    }

    public static SignNote NoteFor(this CourseDriver c, SessionId id, string text = "We talked about the week.") =>
        new(id, text, [Catalog.Current.Strategies.First(k => k.Area == (c.State.Focus ?? FocusArea.RoleDispute)).Code], ["clarification"]);

    /// <summary>Does what the phase requires: by evidence where evidence is asked for, by the therapist's word otherwise.</summary>
    public static void SettleAllBut(this CourseDriver c, params string[] left)
    {
        foreach (var code in c.State.OpenTasks(c.State.Phase).Except(left)) c.Settle(code);
    }

    public static void Settle(this CourseDriver c, string code)
    {
        var evidence = c.State.Protocol.Task(code)!.Evidence;
        if (evidence == TaskEvidence.Inventory && c.State.People.IsEmpty) c.Do(new RecordPerson(Partner, null));
        c.Do(Settling(c, code, evidence));
    }

    private static CourseCommand Settling(CourseDriver c, string code, TaskEvidence evidence) => evidence switch
    {
        TaskEvidence.Focus => new ChooseFocus(FocusArea.RoleDispute, "The quarrels began before the low mood."),
        TaskEvidence.Formulation => new RecordFormulation(c.State.Formulations.Length, "Your low mood grew out of the quarrel.", Accepted: true),
        TaskEvidence.Contract => c.ContractFor(c.State.Protocol.Sessions.Planned),
        _ => new CompleteTask(code),
    };

    /// <summary>Settles what is open and enters the next phase.</summary>
    public static void EnterNext(this CourseDriver c)
    {
        c.SettleAllBut();
        c.Do(new EnterPhase(c.State.Phase + 1));
    }

    public static HomeworkId SetHomework(this CourseDriver c, int dueInDays = 7, bool prompt = true)
    {
        var id = c.New<HomeworkId>();
        c.Do(new SetHomework(id, "mood-diary", "Mood and events diary", "Three lines a day.", c.Today.AddDays(dueInDays), prompt));
        return id;
    }

    /// <summary>The form that was asked for before a session.</summary>
    public static RequestId FormOf(this CourseDriver c, SessionId session, string instrument) =>
        Assert.Single(c.State.Measures, m => m.Session == session && m.Instrument == instrument).Id;

    /// <summary>The client fills a form in so that it sums to a total, leaving the safety item at 0, and hands it in.</summary>
    public static void FillIn(this CourseDriver c, RequestId form, int total)
    {
        foreach (var (item, value) in Answers(c.State.Measures.Single(m => m.Id == form).Instrument, total)) c.Do(new AnswerItem(form, item, value), Clinic.Client);
        c.Do(new SubmitMeasure(form), Clinic.Client);
    }

    public static ImmutableSortedDictionary<int, int?> Answers(string instrument, int total)
    {
        var i = Catalog.Current.Instrument(instrument, 1)!;
        var answers = ImmutableSortedDictionary<int, int?>.Empty;
        foreach (var item in i.Items)
        {
            var value = item.Number == i.SafetyItem ? 0 : Math.Min(3, total);
            answers = answers.Add(item.Number, value);
            total -= value;
        }

        Assert.Equal(0, total);
        return answers;
    }

    /// <summary>The therapist enters a form filled in on paper.</summary>
    public static RequestId EnterOnPaper(this CourseDriver c, string instrument, int total)
    {
        var id = c.New<RequestId>();
        c.Do(new EnterMeasure(id, instrument, 1, null, Answers(instrument, total)));
        return id;
    }

    /// <summary>A course with a session to come, whose form has been asked for.</summary>
    public static (RequestId Form, SessionId Session) Invited(this CourseDriver c)
    {
        var session = c.Book()[0];
        c.WakeUntil(c.Session(session).Time.ReminderAt!.Value);
        return (c.FormOf(session, "phq-9"), session);
    }
}
