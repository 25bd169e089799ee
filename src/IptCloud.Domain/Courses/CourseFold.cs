using System.Collections.Immutable;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Risk;
using IptCloud.Domain.Sessions;

namespace IptCloud.Domain.Courses;

/// <summary>State after an event. Total: it reads nothing but its arguments and never throws, whatever the order of events.</summary>
public static class CourseFold
{
    /// <summary>Applies one event.</summary>
    public static CourseState Apply(this CourseState s, CourseEvent e, EventMeta m) => e switch
    {
        CourseReferred x => s with
        {
            Status = CourseStatus.Referred, Client = x.Client, Therapist = x.Therapist, Clinic = x.Clinic, ClinicZone = x.ClinicZone,
            ProtocolId = x.ProtocolId, ProtocolVersion = x.ProtocolVersion, ReferralReason = x.Reason, ReferredAt = m.OccurredAt,
        },
        CourseStarted => s with { Status = CourseStatus.Active, StartedAt = m.OccurredAt, Phase = Phase.Initial, Phases = s.Phases.Add(new(Phase.Initial, m.OccurredAt)) },
        ContractAgreed x => s with { Contract = new(x.Sessions, x.Minutes, x.ReviewBy, x.MissedSessionRule, x.Goals, m.OccurredAt), ContractVersion = s.ContractVersion + 1 },
        FocusChosen x => s with { Focus = x.Area, FocusReason = x.Reason, FocusVersion = s.FocusVersion + 1 },
        FormulationRecorded x => s with { Formulations = s.Formulations.Add(new(x.Version, x.Text, x.Accepted, m.OccurredAt, m.Member)) },
        TaskDone x => s with { Tasks = Settle(s, new(x.Code, null, m.OccurredAt, m.Member)) },
        TaskWaived x => s with { Tasks = Settle(s, new(x.Code, x.Reason, m.OccurredAt, m.Member)) },
        PhaseEntered x => s with { Tasks = x.Phase == Phase.Initial ? Reopen(s) : s.Tasks, Phase = x.Phase, Phases = s.Phases.Add(new(x.Phase, m.OccurredAt)), GateDueAt = null, GateSession = null, GateOverdueAt = null },
        GateOverdue => s with { GateDueAt = null, GateOverdueAt = m.OccurredAt },
        CourseHeld x => s with { Status = CourseStatus.OnHold, HoldReason = x.Reason, HeldSince = m.OccurredAt },
        CourseResumed => s with { Status = CourseStatus.Active, HoldReason = "", HeldSince = null },
        CourseTransferred x => s with { Therapist = x.To },
        CourseClosed x => s with { Status = CourseStatus.Closed, Closing = new(x.End, x.Review, x.First, x.Last, x.Outcome, m.OccurredAt, m.Member) },

        SessionsBooked x => s with { Sessions = Ordered(s.Sessions.AddRange(x.Times.Select(t => new Session(t.Session, x.Series, x.Zone, x.Minutes, t)))) },
        SessionsMoved x => s with { Sessions = Ordered(x.Times.Aggregate(s.Sessions, Move)), Measures = x.Times.Aggregate(s.Measures, (forms, to) => Extend(forms, s.Session(to.Session), to)) },
        ClientArrived x => s.Change(x.Session, t => t with { ArrivedAt = m.OccurredAt }),
        AttendanceRecorded x => s.Record(x, m),
        AttendanceFlagged x => s.Change(x.Session, t => t with { FlaggedAt = m.OccurredAt, MissedAt = x.MissedAt }),
        MissLeftToPerson x => s.Change(x.Session, t => t with { MissedAt = null }),
        NoteSigned x => s.Change(x.Session, t => t with { Note = new(x.Text, x.Strategies, x.Techniques, m.Member ?? default, m.OccurredAt, []) }),
        NoteAmended x => s.Change(x.Session, t => t.Note is null ? t : t with { Note = t.Note with { Amendments = t.Note.Amendments.Add(new(x.Text, x.Reason, m.Member ?? default, m.OccurredAt)) } }),
        FollowUpClosed x => s.Change(x.Session, t => t with { FollowUp = t.FollowUp is null ? null : t.FollowUp with { Outcome = x.Outcome, Text = x.Text }, RebookRequested = false }),
        RebookRequested x => s.Change(x.Session, t => t with { RebookRequested = true }) with { UnansweredPrompts = 0, PromptsStoppedAt = null },

        ContactRecorded x => s with { Contacts = s.Contacts.Add(new(x.Contact, x.With, x.Way, x.At, x.Text, m.Member, m.OccurredAt)) },

        PersonRecorded x => s with { People = [.. s.People.Where(p => p.Id != x.Person.Id), x.Person] },
        PersonRemoved x => s with { People = s.People.RemoveAll(p => p.Id == x.Person) },

        HomeworkSet x => s with { Homework = s.Homework.Add(new(x.Homework, x.Template, x.Title, x.Steps, m.OccurredAt, x.DueOn, x.PromptAt, x.ClosesAt)) },
        HomeworkAnswered x => s with { Homework = s.Homework.Change(h => h.Id == x.Homework, h => h with { Answer = x.Answer, AnswerText = x.Text, AnsweredAt = m.OccurredAt, PromptAt = null }), UnansweredPrompts = 0, PromptsStoppedAt = null },
        HomeworkWithdrawn x => s with { Homework = s.Homework.Change(h => h.Id == x.Homework, h => h with { Withdrawn = true, PromptAt = null }) },

        MeasureRequested x => s with { Measures = s.Measures.Add(new(x.Request, x.Instrument, x.Version, x.Session, m.OccurredAt, x.ClosesAt, ImmutableSortedDictionary<int, int?>.Empty)) },
        ItemAnswered x => s with { Measures = s.Measures.Change(r => r.Id == x.Request, r => r with { Answers = r.Answers.SetItem(x.Item, x.Value), AnsweredAt = m.OccurredAt }), UnansweredPrompts = 0, PromptsStoppedAt = null },
        MeasureSubmitted x => s with { Measures = s.Measures.Change(r => r.Id == x.Request, r => r with { Score = x.Score, SubmittedAt = m.OccurredAt }) },
        ResultRead x => s with { Measures = s.Measures.Change(r => r.Id == x.Request, r => r with { ReadBy = m.Member }) },

        AlertRaised x => s with { Alerts = Raise(s.Alerts, x, m) },
        AlertAcknowledged x => s with { Alerts = s.Alerts.Change(a => a.Id == x.Alert, a => a with { AcknowledgedBy = m.Member, AcknowledgedAt = m.OccurredAt }) },
        AlertClosed x => s with { Alerts = s.Alerts.Change(a => a.Id == x.Alert, a => a with { ClosedBy = m.Member, ClosedAt = m.OccurredAt, Outcome = x.Outcome, Text = x.Text }) },

        MessageQueued x => s.Queue(x, m),
        PromptDeferred x => s.Settle(x.Kind, x.Subject, x.Until),
        PromptSkipped x => s.Settle(x.Kind, x.Subject, null) with { PromptsStoppedAt = x.Reason == PromptSkipped.Unanswered ? s.PromptsStoppedAt ?? m.OccurredAt : s.PromptsStoppedAt },
        _ => s,
    };

    private static ImmutableArray<SettledTask> Settle(CourseState s, SettledTask task) => [.. s.Tasks.Where(t => t.Code != task.Code), task];

    /// <summary>Going back to the initial phase means another focus: choosing it and its formulation are open again (domain.md §1.4a).</summary>
    private static ImmutableArray<SettledTask> Reopen(CourseState s) =>
        s.Tasks.RemoveAll(t => Catalog.Current.Protocol(s.ProtocolId, s.ProtocolVersion)?.Task(t.Code)?.Evidence is TaskEvidence.Focus or TaskEvidence.Formulation);

    /// <summary>By start; by id where two begin together, so that every replay orders and numbers them alike.</summary>
    private static ImmutableArray<Session> Ordered(ImmutableArray<Session> sessions) => Numbered(sessions.Sort((a, b) => (a.Time.StartsAt, a.Id.Value).CompareTo((b.Time.StartsAt, b.Id.Value))));

    /// <summary>1 for the first attended session; a session that was not attended has no number.</summary>
    private static ImmutableArray<Session> Numbered(ImmutableArray<Session> sessions)
    {
        var number = 0;
        return [.. sessions.Select(t => Give(t, t.WasAttended ? ++number : null))];

        static Session Give(Session t, int? number) => t.Number == number ? t : t with { Number = number };
    }

    private static ImmutableArray<Session> Move(ImmutableArray<Session> sessions, BookedTime to) =>
        sessions.Change(t => t.Id == to.Session, t => t with { Time = to, ReminderSettled = false, InviteSettled = false, FlaggedAt = null, MissedAt = null });

    /// <summary>What was asked for before a session that moves stays open until its new end.</summary>
    private static ImmutableArray<MeasureRequest> Extend(ImmutableArray<MeasureRequest> forms, Session? session, BookedTime to) =>
        session is null ? forms : [.. forms.Select(r => r.Session == to.Session && r.IsOpen ? r with { ClosesAt = (session with { Time = to }).EndsAt } : r)];

    private static CourseState Record(this CourseState s, AttendanceRecorded x, EventMeta m)
    {
        var sessions = s.Sessions.Change(t => t.Id == x.Session, t => t with
        {
            Attendance = x.Code, Reason = x.Reason, Late = x.Late, ByPolicy = x.ByPolicy, HeldIn = t.Attendance is { } before && !before.IsCancellation() ? t.HeldIn : s.Phase, RecordedBy = m.Member,
            ReminderSettled = true, InviteSettled = true, MissedAt = null, NoticeAt = x.NoticeAt,
            FollowUp = x.FollowUpBy is { } by ? new(by, null, "") : t.FollowUp is { Outcome: not null } ? t.FollowUp : null,
        });
        return s with
        {
            Sessions = Numbered(sessions),
            UnansweredPrompts = x.Code.CountsAsAttended() ? 0 : s.UnansweredPrompts,
            PromptsStoppedAt = x.Code.CountsAsAttended() ? null : s.PromptsStoppedAt,
            GateDueAt = x.GateDueAt ?? (s.GateSession == x.Session ? null : s.GateDueAt),
            GateSession = x.GateDueAt is null ? s.GateSession == x.Session ? null : s.GateSession : x.Session,
        };
    }

    private static ImmutableArray<Alert> Raise(ImmutableArray<Alert> alerts, AlertRaised x, EventMeta m) =>
        alerts.Any(a => a.Id == x.Alert)
            ? alerts.Change(a => a.Id == x.Alert, a => a with { ItemValue = Math.Max(a.ItemValue, x.ItemValue), AcknowledgedAt = null, AcknowledgedBy = null })
            : alerts.Add(new(x.Alert, x.Request, x.ItemValue, m.OccurredAt));

    private static CourseState Queue(this CourseState s, MessageQueued x, EventMeta m)
    {
        s = s with { Messages = s.Messages.Add(new(x.Message, x.Audience, x.Recipient, x.Template, x.Intents, m.OccurredAt, x.NotBefore, x.ClosesAt, x.SessionLocal)) };
        if (x.Audience != MessageAudience.Client) return s;
        foreach (var intent in x.Intents)
            if (Purposes.KindOf(intent.Purpose) is { } kind) s = s.Settle(kind, intent.Subject, null, sentAt: m.OccurredAt);
        return x.Intents.Any(i => Purposes.KindOf(i.Purpose) is DueKind.HomeworkPrompt or DueKind.MeasureInvitation) ? s with { UnansweredPrompts = s.UnansweredPrompts + 1 } : s;
    }

    /// <summary>Takes a due item off the course's list, or moves it to a later time.</summary>
    private static CourseState Settle(this CourseState s, DueKind kind, Guid subject, DateTimeOffset? until, DateTimeOffset? sentAt = null) => kind switch
    {
        DueKind.SessionReminder => s.Change(new(subject), t => until is { } u ? t with { Time = t.Time with { ReminderAt = u } } : t with { ReminderSettled = true }),
        DueKind.MeasureInvitation => s.Change(new(subject), t => until is { } u ? t with { Time = t.Time with { ReminderAt = u } } : t with { InviteSettled = true }),
        DueKind.MissedNotice => s.Change(new(subject), t => t with { NoticeAt = until }),
        DueKind.HomeworkPrompt => s with { Homework = s.Homework.Change(h => h.Id.Value == subject, h => h with { PromptAt = until, PromptedAt = sentAt ?? h.PromptedAt }) },
        DueKind.GateCheck => s with { GateDueAt = until },
        _ => s,
    };

    private static CourseState Change(this CourseState s, Identifiers.SessionId id, Func<Session, Session> change) => s with { Sessions = s.Sessions.Change(t => t.Id == id, change) };

    private static ImmutableArray<T> Change<T>(this ImmutableArray<T> items, Func<T, bool> which, Func<T, T> change) where T : class
    {
        for (var i = 0; i < items.Length; i++)
            if (which(items[i])) return items.SetItem(i, change(items[i]));
        return items;
    }
}
