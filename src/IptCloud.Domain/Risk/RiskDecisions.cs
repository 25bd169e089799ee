using System.Collections.Immutable;
using System.Globalization;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Networks;

namespace IptCloud.Domain.Risk;

/// <summary>Decisions about alerts. An alert is never withdrawn because an answer changed; only a clinician closes it (domain.md §5).</summary>
internal static class RiskDecisions
{
    /// <summary>The alert that an answer raises, or raises further, and the messages to therapist and duty lead; nothing for other items and for 0.</summary>
    public static IEnumerable<CourseEvent> Raise(CourseState s, RequestId request, Instrument instrument, int item, int? value, DecisionContext c)
    {
        if (item != instrument.SafetyItem || value is not > 0) yield break;
        var open = s.Alerts.FirstOrDefault(a => a.Request == request && a.IsOpen);
        if (open is not null && open.ItemValue >= value) yield break;
        var alert = open?.Id ?? c.Derive<AlertId>("alert");
        yield return new AlertRaised(alert, request, value.Value);
        // Who acts for an absent therapist is told as well: nobody may be reading the therapist's mail.
        foreach (var member in c.Clinic.Deputies.Where(d => c.Clinic.Deputises(d.Deputy, s.Therapist, c.Now)).Select(d => d.Deputy).Prepend(c.Clinic.DutyLead ?? s.Therapist).Prepend(s.Therapist).Distinct())
            yield return new MessageQueued(c.Derive<MessageId>($"alert/{member}"), MessageAudience.Member, member, MessageTemplate.StaffAlert,
                [Intent(alert, member, value.Value)], c.Now, c.Now.AddDays(1), null);
    }

    /// <summary>Tells a member of alerts that are open already, in one message; nothing if they were told of each before.</summary>
    public static IEnumerable<CourseEvent> Tell(CourseState s, MemberId member, IEnumerable<Alert> alerts, DecisionContext c)
    {
        var told = s.Messages.SelectMany(m => m.Intents).ToHashSet();
        ImmutableArray<MessageIntent> news = [.. alerts.Select(a => Intent(a.Id, member, a.ItemValue)).Where(i => !told.Contains(i))];
        if (!news.IsEmpty) yield return new MessageQueued(c.Derive<MessageId>($"alert/{member}"), MessageAudience.Member, member, MessageTemplate.StaffAlert, news, c.Now, c.Now.AddDays(1), null);
    }

    private static MessageIntent Intent(AlertId alert, MemberId member, int value) =>
        new(Purposes.Alert, alert.Value, string.Create(CultureInfo.InvariantCulture, $"{member}:{value}"));

    /// <summary>Whoever acknowledges takes it on: nobody may believe that they did while the record names somebody else.</summary>
    public static Decision Acknowledge(CourseState s, AcknowledgeAlert x, Actor actor) =>
        s.Alerts.FirstOrDefault(a => a.Id == x.Alert) is not { } alert ? RiskRefusals.Unknown
        : alert.AcknowledgedAt is null && alert.IsOpen ? new AlertAcknowledged(x.Alert)
        : alert.AcknowledgedBy is { } by && by == actor.Member ? Decision.Accept() : RiskRefusals.Acknowledged;

    public static Decision Close(CourseState s, CloseAlert x)
    {
        if (s.Alerts.FirstOrDefault(a => a.Id == x.Alert) is not { } alert) return RiskRefusals.Unknown;
        if (!alert.IsOpen) return alert.Outcome == x.Outcome && alert.Text == Texts.Tidy(x.Text) ? Decision.Accept() : RiskRefusals.Closed(alert.Text);
        if (alert.AcknowledgedAt is null) return RiskRefusals.AcknowledgeFirst;
        return Texts.Any(
            Enum.IsDefined(x.Outcome) ? null : CourseRefusals.Missing("outcome", "the outcome"),
            Texts.Required(x.Text, "text", "what was found and done", Texts.Note)) ?? new AlertClosed(x.Alert, x.Outcome, Texts.Tidy(x.Text));
    }
}
