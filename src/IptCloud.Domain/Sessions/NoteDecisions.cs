using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;

namespace IptCloud.Domain.Sessions;

/// <summary>Decisions about notes: signed once, then only added to.</summary>
internal static class NoteDecisions
{
    public static Decision Sign(CourseState s, SignNote x)
    {
        x = x with { Strategies = x.Strategies.IsDefault ? [] : x.Strategies, Techniques = x.Techniques.IsDefault ? [] : x.Techniques };
        if (s.Session(x.Session) is not { } session) return SessionRefusals.Unknown;
        if (session.Note is { } signed) return SessionRefusals.AlreadySigned(signed.Text);
        if (session.Attendance is null) return SessionRefusals.AttendanceFirst;
        var known = x.Strategies.All(code => Catalog.Current.Strategies.Any(k => k.Code == code)) && x.Techniques.All(code => Catalog.Current.TechniqueCodes.Any(k => k.Code == code));
        var needsStrategy = session.WasAttended && s.Protocol.Phases[(int)(session.HeldIn ?? s.Phase)].StrategyPerSession;
        return Texts.Any(
            Texts.Required(x.Text, "text", "the note", Texts.Note),
            known ? null : SessionRefusals.UnknownCode,
            needsStrategy && x.Strategies.IsEmpty ? SessionRefusals.StrategyMissing : null) ?? new NoteSigned(x.Session, Texts.Plain(x.Text), x.Strategies, x.Techniques);
    }

    public static Decision Amend(CourseState s, AmendNote x)
    {
        if (s.Session(x.Session) is not { } session) return SessionRefusals.Unknown;
        if (session.Note is null) return SessionRefusals.NotSigned;
        return Texts.Any(
            Texts.Required(x.Text, "text", "the amendment", Texts.Note),
            Texts.Required(x.Reason, "reason", "why the note is amended", Texts.Line)) ?? new NoteAmended(x.Session, Texts.Plain(x.Text), Texts.Tidy(x.Reason));
    }
}
