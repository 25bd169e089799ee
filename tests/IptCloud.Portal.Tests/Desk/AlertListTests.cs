using IptCloud.Data.Courses;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Portal.Desk;

public sealed class AlertListTests : BunitContext
{
    private static readonly DateTimeOffset now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly MemberId me = TypedId.New<MemberId>(now);

    [Fact]
    public void An_alert_counts_its_unacknowledged_time_and_leads_to_its_page()
    {
        var row = new AlertRow { AlertId = TypedId.New<AlertId>(now), CourseId = TypedId.New<CourseId>(now), TherapistId = me, Level = 2, RaisedAt = now.AddMinutes(-14) };
        var list = Render<AlertList>(p => p.Add(l => l.Alerts, [new(row, "Ben Kowalski")]).Add(l => l.Now, now).Add(l => l.Speed, 1008).Add(l => l.Me, me));

        var elapsed = list.Find("elapsed-time");
        Assert.Equal("14 minutes", elapsed.TextContent);
        Assert.Equal("1008", elapsed.GetAttribute("data-speed"));
        Assert.Contains("Unacknowledged for", list.Markup, StringComparison.Ordinal);
        Assert.Equal($"/courses/{row.CourseId}/alerts/{row.AlertId}", list.Find("a.btn").GetAttribute("href"));
        Assert.DoesNotContain("The therapist is", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_acknowledged_alert_of_a_colleague_names_the_therapist()
    {
        var colleague = TypedId.New<MemberId>(now.AddDays(-1));
        var row = new AlertRow { TherapistId = colleague, Level = 1, RaisedAt = now.AddHours(-1), AcknowledgedAt = now };
        var list = Render<AlertList>(p => p.Add(l => l.Alerts, [new(row, "Ben Kowalski")]).Add(l => l.Now, now).Add(l => l.Me, me)
            .Add(l => l.Names, new Dictionary<MemberId, string> { [colleague] = "Dr Whitfield" }));

        Assert.Contains("Acknowledged, open for", list.Markup, StringComparison.Ordinal);
        Assert.Contains(" The therapist is Dr Whitfield.", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_alerts_there_is_nothing() =>
        Assert.Empty(Render<AlertList>(p => p.Add(l => l.Alerts, []).Add(l => l.Now, now)).Markup.Trim());
}
