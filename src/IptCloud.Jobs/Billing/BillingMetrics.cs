using System.Diagnostics.Metrics;
using IptCloud.Jobs.Telemetry;

namespace IptCloud.Jobs.Billing;

/// <summary>What operators watch of billing. No network is named: labels would be without end.</summary>
internal static class BillingMetrics
{
    private static readonly Gauge<int> Drift = JobMetrics.Meter.CreateGauge<int>("iptcloud.billing.drift", "{network}", "Networks whose seats did not agree with members or bill at the last nightly check.");
    private static readonly Gauge<int> Unanswered = JobMetrics.Meter.CreateGauge<int>("iptcloud.billing.unanswered", "{network}", "Networks that the last nightly check could not compare.");

    public static void Checked(int drifted, int unanswered)
    {
        Drift.Record(drifted);
        Unanswered.Record(unanswered);
    }
}
