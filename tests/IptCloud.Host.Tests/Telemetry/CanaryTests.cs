using IptCloud.Domain.Time;
using IptCloud.Host.Access;
using IptCloud.Host.Browser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace IptCloud.Host.Telemetry;

/// <summary>
/// Names and texts that occur nowhere else go through the portal, a client's phone, the jobs and the mail, with every request
/// traced. None of them may be in any span, metric or log record that leaves, nor on the page of metrics.
/// </summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class CanaryTests(SharedBrowser browser) : IAsyncLifetime
{
    private const string Client = "Quibblewick";
    private const string Person = "Thistlemoor";
    private const string Note = "Zanthoxylum kept coming up";
    private const string Typed = "Vellichor";
    private const string Password = "Wrongly-Typed-Gallimaufry";

    private static readonly DateTime first = new(2026, 10, 6, 10, 0, 0);

    private Collector collector = null!;
    private PortalSite site = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        collector = await Collector.StartAsync();
        site = new(browser)
        {
            Settings = new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_TRACES_SAMPLER_ARG"] = "1",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Information", // as somebody may set it who looks for a fault
                ["Logging:LogLevel:IptCloud"] = "Information",
                ["Logging:Console:LogLevel:Default"] = "None", // only what leaves is searched
            },
        };
        await site.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_that_leaves_tells_of_anybody()
    {
        var secrets = await LiveAsync();
        using HttpClient scraper = new();
        var metrics = await scraper.GetStringAsync(new Uri($"{site.Url}/metrics"), Ct);
        site.Services.GetRequiredService<ILogger<CanaryTests>>().LogError(new FormatException(Typed), "Something failed.");
        await site.StopAsync(); // sends what is left

        var (traces, measured, logs) = (collector.All("traces"), collector.All("metrics"), collector.All("logs"));
        // It was all there to be searched: from the request to the mail.
        foreach (var span in new[] { "http.route", "/courses/{Id}", "/l/{Token}", "ICourseGrain", "commit", "job SweepJob", "wake course", "job DeliveryJob", "send message" }) Assert.Contains(span, traces, StringComparison.Ordinal);
        foreach (var metric in new[] { "iptcloud.journal.commit.duration", "iptcloud.duework.lag", "iptcloud.alerts.unacknowledged", "iptcloud.course.commands", "iptcloud.signins", "iptcloud.messages.lateness", "iptcloud.feature" }) Assert.Contains(metric, measured, StringComparison.Ordinal);
        Assert.Contains("Something failed.", logs, StringComparison.Ordinal);
        Assert.Contains("iptcloud_duework_lag", metrics, StringComparison.Ordinal);
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(secret, traces, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, measured, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, logs, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, metrics, StringComparison.OrdinalIgnoreCase);
        });
        // No network as a label: there would be as many as there are customers.
        Assert.DoesNotContain(SiteClinic.NetworkId.ToString(), measured, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(SiteClinic.NetworkId.ToString(), metrics, StringComparison.OrdinalIgnoreCase);
    }

    /// <returns>What must not be found.</returns>
    private async Task<IReadOnlyList<string>> LiveAsync()
    {
        using (Visitor stranger = new(site)) await stranger.GivePasswordAsync($"{Typed}@example.org", Password);
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, Client, first, 2);
        var desk = await Browser.Desk.SignInAsync(site, SiteClinic.Therapist);
        desk.Course = course.Address;
        await desk.AddPersonAsync(Person, $"{Person}’s sister", "1 Closest", "1 Closest", "Supportive");
        await desk.OpenAsync($"/caseload?Find={Client}");
        await desk.Page.GotoAsync($"/{Typed}?name={Typed}");
        site.GoTo(LocalTime.ToInstant(first.AddDays(-1), SiteClinic.Zone));
        var letter = await site.NextLetterAsync(course.Email);
        await using (var phone = await Phone.TakeAsync(site))
        {
            await phone.BeginAsync(letter);
            for (var number = 1; number <= 9; number++) await phone.AnswerAsync(number, 1); // the last one raises the alert
        }

        await site.NextLetterAsync(SiteClinic.Lead.Email);
        site.GoTo(LocalTime.ToInstant(first, SiteClinic.Zone).AddHours(1));
        await desk.OpenSessionAsync(first);
        await desk.RecordAsync("Attended (5)");
        var box = desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "What happened and what it means" });
        await box.FillAsync(Note);
        await box.PressAsync("Tab");
        await desk.SeesAsync("Draft saved at");
        return
        [
            Client, Person, Note, Typed, Password, letter.Entry.Subject, Phone.LinkOf(letter).Split("/l/")[1], letter.UnsubscribeUrl!.Split("/u/")[1],
            SiteClinic.Therapist.Email, SiteClinic.Therapist.Name, SiteClinic.Lead.Email, "Wexcombe",
        ];
    }
}
