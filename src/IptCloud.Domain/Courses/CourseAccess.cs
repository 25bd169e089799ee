using IptCloud.Domain.Networks;

namespace IptCloud.Domain.Courses;

/// <summary>Who may read and who may do what with a course: the third lock, behind the page's policy and the grain's filter. Roles stand in <see cref="AccessTable"/>.</summary>
public static class CourseAccess
{
    /// <summary>The action of the table that a command is.</summary>
    public static Act ActOf(CourseCommand command) => command switch
    {
        ReferCourse => Act.ReferClient,
        AcknowledgeAlert or CloseAlert => Act.AnswerAlert,
        TransferCourse => Act.TransferCourse,
        HoldCourse or ResumeCourse or CloseFollowUp or RecordContact => Act.OverseeCourse,
        BookSeries or MoveSession or NoteArrival or RecordAttendance => Act.KeepDiary,
        _ => Act.RunCourse,
    };

    /// <summary>True if the actor may see all of the course.</summary>
    public static bool MayRead(CourseState s, Actor actor, ClinicFacts clinic, DateTimeOffset now) => May(s, Act.ReadCourse, actor, clinic, now);

    /// <summary>True if the actor may see that the course exists, whose it is and when its sessions are: see <see cref="CourseDiary"/>.</summary>
    public static bool MaySeeDiary(CourseState s, Actor actor, ClinicFacts clinic, DateTimeOffset now) => May(s, Act.SeeDiary, actor, clinic, now);

    /// <summary>True if the actor's role, clinic or assignment allows the command.</summary>
    public static bool MayDo(CourseState s, CourseCommand command, DecisionContext c) => command switch
    {
        WakeCourse => c.Actor.Kind == ActorKind.System,
        RequestRebook => c.Actor.Kind == ActorKind.Client,
        AnswerItem or SubmitMeasure or AnswerHomework when c.Actor.Kind == ActorKind.Client => true,
        _ => May(s, ActOf(command), c.Actor, c.Clinic, c.Now),
    };

    /// <summary>
    /// The actor as the course knows them: a deputy who may not do it in their own right acts on behalf of the absent therapist,
    /// as long as the clinic says so.
    /// </summary>
    public static Actor Standing(CourseState s, Act act, Actor actor, ClinicFacts clinic, DateTimeOffset now) =>
        actor is { Kind: ActorKind.Member, OnBehalfOf: null } && clinic.Deputises(actor.Member, s.Therapist, now) && !May(s, act, actor, clinic, now)
            ? actor with { OnBehalfOf = s.Therapist } : actor;

    private static bool May(CourseState s, Act act, Actor actor, ClinicFacts clinic, DateTimeOffset now) =>
        (actor.OnBehalfOf is not { } absent || clinic.Deputises(actor.Member, absent, now))
        && AccessTable.Allows(act, actor, new(s.Clinic, s.Therapist, clinic.Clinic == s.Clinic ? clinic.DutyLead : null));
}
