using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Risk;
using IptCloud.Domain.Time;
using IptCloud.Host.Demo.Texts;

namespace IptCloud.Host.Demo.Play;

/// <summary>Alerts: acknowledged at once by the therapist in the hours of service, by the duty lead in the evening, and closed by a person with an outcome.</summary>
internal static class Safeguarding
{
    public static IEnumerable<Act> Of(Scene x)
    {
        foreach (var alert in x.State.Alerts.Where(a => a.IsOpen))
        {
            if (x.Fate.Loose == Loose.Alert && x.SeedEnd is { } end && alert.RaisedAt > end.AddDays(-2)) continue;
            if (alert is { AcknowledgedAt: { } acknowledged, AcknowledgedBy: { } by })
            {
                var outcome = x.Dice.Pick(Outcomes, $"{alert.Id} outcome");
                var closed = x.Working(acknowledged + x.Dice.Minutes(35, 600, $"{alert.Id} closed"), $"{alert.Id} closed");
                yield return Act.Of(closed, DemoNetwork.Find(by)?.Actor ?? x.Therapist, $"close-alert/{alert.Id}", new CloseAlert(alert.Id, outcome, Phrases.AlertText(outcome)));
                continue;
            }

            var (at, actor) = Acknowledge(x, alert);
            yield return Act.Of(at, actor, $"acknowledge/{alert.Id}/{alert.ItemValue}", new AcknowledgeAlert(alert.Id));
        }
    }

    private static readonly ImmutableArray<AlertOutcome> Outcomes =
        [AlertOutcome.SafetyPlanAgreed, AlertOutcome.SafetyPlanAgreed, AlertOutcome.AssessedNoChange, AlertOutcome.AssessedNoChange, AlertOutcome.SafetyPlanAgreed, AlertOutcome.AssessedNoChange, AlertOutcome.CrisisTeam];

    private static (DateTimeOffset At, Actor Actor) Acknowledge(Scene x, Alert alert)
    {
        var soon = alert.RaisedAt + x.Dice.Minutes(6, 28, $"{alert.Id} seen");
        var hour = LocalTime.ToLocal(soon, x.State.ClinicZone).Hour;
        return hour is >= 8 and < 18 ? (soon, x.Therapist) : (soon.AddMinutes(15), DemoNetwork.DutyLead(x.Case.Clinic).Actor);
    }
}
