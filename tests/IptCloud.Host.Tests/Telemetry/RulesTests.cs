using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IptCloud.Host.Telemetry;

/// <summary>The alert rules: well-formed, each fired once by its fault and silent while all is well, about metrics that exist, each with its page of what to do.</summary>
public sealed partial class RulesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "infra", "prometheus");
    private static readonly string Rules = File.ReadAllText(Path.Combine(Folder, "rules.yml"));

    [Theory, Trait("Needs", "prometheus")]
    [InlineData("check", "rules", "rules.yml")]
    [InlineData("test", "rules", "rules_test.yml")]
    public async Task Promtool_is_content(params string[] words)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", words) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(promtool.ExitCode == 0, said);
    }

    [Fact]
    public void Every_alert_says_what_to_do_and_is_fired_in_a_test()
    {
        var alerts = Alert().Matches(Rules).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(alerts);
        Assert.Equal(alerts, Directory.GetFiles(Path.Combine(Repository.Root, "infra", "runbooks"), "*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));
        var fired = File.ReadAllText(Path.Combine(Folder, "rules_test.yml"));
        Assert.All(alerts, a =>
        {
            Assert.Contains($"infra/runbooks/{a}.md", Rules, StringComparison.Ordinal);
            Assert.Matches($@"alertname: {a}\n\s+exp_alerts: \[\{{", fired);
            Assert.Contains($"alertname: {a}, exp_alerts: []", fired, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_metric_of_ours_that_a_rule_asks_for_is_one_that_the_product_tells()
    {
        ConcurrentDictionary<string, bool> told = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) => told[NameOf(instrument)] = true;
        listener.Start();
        using TempFolder folder = new();
        await using var app = Serve.Build(Launch.Parse(["--data", folder.Path, "--no-demo", "--url", $"http://localhost:{FreePort.Next()}"], _ => null));
        _ = app.Services.GetServices<IHostedService>().Count();
        foreach (var type in new[] { typeof(Jobs.Telemetry.JobMetrics), typeof(Grains.Courses.CoursesHosting), typeof(Portal.PortalOptions) }.SelectMany(t => t.Assembly.GetTypes()).Where(t => t.Name.EndsWith("Metrics", StringComparison.Ordinal)))
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        // Told by processes of a cluster only; composing one asks no database.
        await using var member = Serve.Build(Launch.Parse(["--data", folder.Path, "--url", $"http://localhost:{FreePort.Next()}"], name => name == "IPTCLOUD_POSTGRES" ? "Host=127.0.0.1" : null));
        _ = member.Services.GetRequiredService<Time.ClusterClock>();
        _ = app.Services.GetRequiredService<Data.Audit.AuditMetrics>();
        _ = app.Services.GetRequiredService<Data.Journal.JournalMetrics>();

        var asked = Metric().Matches(Rules).Select(m => m.Value.Replace("_bucket", "", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, a => Assert.True(told.ContainsKey(a), $"Nothing tells {a}. There are: {string.Join(", ", told.Keys.Where(t => t.StartsWith("iptcloud", StringComparison.Ordinal)).Order(StringComparer.Ordinal))}"));
    }

    /// <summary>As the exporter for Prometheus writes it.</summary>
    private static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal) ? name + "_total" : name;
    }

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"iptcloud_[a-z_]+(?=[\{\[\) ])(?<!iptcloud_feature)")]
    private static partial Regex Metric();
}
