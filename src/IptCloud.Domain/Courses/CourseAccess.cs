using IptCloud.Domain.Networks;

namespace IptCloud.Domain.Courses;

/// <summary>Who may read and who may do what with a course: the third lock, behind the page's policy and the grain's filter.</summary>
public static class CourseAccess
{
    /// <summary>The therapist of the course, supervisors of its clinic, and its duty lead may read it.</summary>
    public static bool MayRead(CourseState s, Actor actor, ClinicFacts clinic) =>
        IsTherapist(s, actor) || actor.Holds(Roles.Supervisor, s.Clinic) || IsDutyLead(s, actor, clinic);

    /// <summary>True if the actor's role, clinic or assignment allows the command.</summary>
    public static bool MayDo(CourseState s, CourseCommand command, DecisionContext c) => command switch
    {
        WakeCourse => c.Actor.Kind == ActorKind.System,
        AnswerItem or SubmitMeasure or AnswerHomework => c.Actor.Kind == ActorKind.Client || IsTherapist(s, c.Actor),
        RequestRebook => c.Actor.Kind == ActorKind.Client,
        AcknowledgeAlert or CloseAlert => MayRead(s, c.Actor, c.Clinic),
        TransferCourse => IsTherapist(s, c.Actor) || c.Actor.Holds(Roles.Supervisor | Roles.Admin, s.Clinic),
        HoldCourse or ResumeCourse or CloseFollowUp => IsTherapist(s, c.Actor) || c.Actor.Holds(Roles.Supervisor, s.Clinic),
        _ => IsTherapist(s, c.Actor),
    };

    private static bool IsTherapist(CourseState s, Actor actor) => actor.Member == s.Therapist && actor.Holds(Roles.Therapist, s.Clinic);

    private static bool IsDutyLead(CourseState s, Actor actor, ClinicFacts clinic) => clinic.Clinic == s.Clinic && actor.Member is { } m && m == clinic.DutyLead;
}
