using System.Globalization;
using System.Net;
using System.Text;
using IptCloud.Data.Billing;
using IptCloud.Data.Messages;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Messages;
using IptCloud.Host.Browser;

namespace IptCloud.Host.Telemetry;

/// <summary>
/// A real cluster is watched by a real Prometheus: silent while all is well, each fault rings its own alert, and whatever a
/// dashboard or a rule asks has an answer. With IPTCLOUD_QUERIES the answers are written to the file that it names.
/// </summary>
[Trait("Needs", "prometheus")]
public sealed class WatchTests(WatchedCluster cluster, ITestOutputHelper output) : IClassFixture<WatchedCluster>
{
    private static readonly TimeSpan hour = TimeSpan.FromHours(1);
    private const int Repetitions = 50;
    private static readonly DateOnly soon = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(10));

    /// <summary>What cannot be here.</summary>
    private static readonly Dictionary<string, string> missing = new()
    {
        ["orleans_app_requests_timedout_total"] = "told from the first call that timed out",
        ["orleans_messaging_expired_total"] = "told from the first message that came too late",
        ["6. The trace itself"] = "asks a store of traces, which is not here",
    };

    private readonly HashSet<string> rung = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_fault_rings_its_alert_and_everything_asked_is_answered()
    {
        var prometheus = cluster.Prometheus;
        await LiveAsync();
        // What a machine that has just been started was slow at may ring; it has to fall silent by itself.
        await PortalSite.AwaitAsync("silence", async () => (await prometheus.FiringAsync()) is { Count: 0 } silent ? silent : null);

        await MakeFaultsAsync();
        var report = await AnswersAsync();
        output.WriteLine(report);
        if (Environment.GetEnvironmentVariable("IPTCLOUD_QUERIES") is { Length: > 0 } file) await File.WriteAllTextAsync(file, report, TestContext.Current.CancellationToken);

        cluster.Worker.Kill();
        await RingsAsync(["WorkerAbsent", "ProcessDown"]);
        Assert.Equal(Question.OfRules().Where(r => r.IsAlert).Select(r => r.Title).Order(StringComparer.Ordinal), rung.Order(StringComparer.Ordinal));
    }

    /// <summary>An ordinary day, until Prometheus has seen each of its traces twice.</summary>
    private async Task LiveAsync()
    {
        await cluster.SignInAsync();
        var (course, other) = (await cluster.StartCourseAsync(), await cluster.StartCourseAsync());
        Assert.NotEmpty((await cluster.SendAsync(course, new StartCourse())).Refusals);
        var at = soon.ToDateTime(new(10, 0));
        Assert.Empty((await cluster.SendAsync(course, new BookSeries(new(Guid.NewGuid()), [new(Guid.NewGuid())], at, 50))).Refusals.Select(r => r.Text));
        Assert.NotEmpty((await cluster.SendAsync(other, new BookSeries(new(Guid.NewGuid()), [new(Guid.NewGuid())], at, 50))).Refusals); // the therapist is taken
        foreach (var page in new[] { "/", "/caseload", $"/courses/{course.Course}", "/caseload" }) Assert.Equal(HttpStatusCode.OK, await cluster.OpenAsync(page));
        await cluster.RaiseAlertAsync(course);
        await cluster.SignalAsync();
        await cluster.DoAsync($"update due_work set due_at = {Ago(TimeSpan.FromSeconds(5))}, visible_at = {Ago(TimeSpan.FromSeconds(1))}");
        foreach (var job in new[] { "seats-check", "audit-seal" }) cluster.Run(job);
        foreach (var seen in new[] { "iptcloud_messages_lateness_seconds_count", "iptcloud_jobs_lateness_seconds_count", "iptcloud_jobs_wakes_total", "iptcloud_billing_drift", "iptcloud_audit_sealed_total > 0", "iptcloud_journal_refused_total", "iptcloud_course_refusals_total" })
            await PortalSite.AwaitAsync(seen, async () => (await cluster.Prometheus.AskAsync(seen)).Count > 0 ? seen : null);
    }

    private async Task MakeFaultsAsync()
    {
        await cluster.MiscountSeatsAsync();
        cluster.Run("seats-check");
        await RingsAsync(["SeatsDrift"]);
        await cluster.AddPortalAheadAsync();
        await RingsAsync(["ClockOff"]);

        // Of what the worker reads each quarter of a minute.
        var now = TimeProvider.System.GetUtcNow();
        await cluster.DoAsync($"update alerts set raised_at = {Ago(2 * hour)}, acknowledged_at = null");
        await cluster.AddAsync(
            Message(OutboxStates.MaybeSent, now),
            new BillingEventRow { EventId = "evt_late", Type = "invoice.paid", ApiVersion = "x", ReceivedAt = now - hour, VisibleAt = now + hour },
            new SeatOrderRow { NetworkId = SiteClinic.NetworkId, OrderId = Guid.NewGuid(), Quantity = 5, At = now - (3 * hour), VisibleAt = now + hour });

        // Somebody was at the audit's tables; and sealing stands still.
        Assert.NotEqual(0, await cluster.DoAsync("update audit_entries set detail = 'other' where exists (select 1 from audit_chain c where c.entry_id = audit_entries.entry_id)"));
        await cluster.DoAsync("revoke insert on audit_chain from iptcloud_audit");
        await cluster.OpenAsync("/caseload");
        await cluster.DoAsync($"update audit_entries set at = {Ago(hour)}");
        foreach (var job in new[] { "audit-verify", "audit-seal" }) cluster.Run(job);

        await RingsAsync(["SignInsFail"], cluster.MistypeAsync);
        await RingsAsync(["PagesSlow"], () => cluster.WhileLockedAsync("course_cards in access exclusive mode", 1.3, async () => Assert.Equal(HttpStatusCode.OK, await cluster.OpenAsync("/caseload"))));
        await RingsAsync(["CommitsSlow"], () => cluster.WhileLockedAsync("journal in exclusive mode", 0.6, cluster.StartCourseAsync));
        await cluster.StopMailAsync();
        await RingsAsync(["MailRefused"], async () => await cluster.RaiseAlertAsync(await cluster.StartCourseAsync()));

        // The database refuses the journal, then the audit.
        await cluster.DoAsync("revoke insert on journal from iptcloud_journal");
        await RingsAsync(["CommitsFail"], async () => await Assert.ThrowsAnyAsync<Exception>(cluster.StartCourseAsync));
        await cluster.DoAsync("revoke select on journal from iptcloud_app");
        await RingsAsync(["CoursesUnwoken"], () => cluster.AddAsync(Due(now)));
        await cluster.DoAsync("revoke insert on audit_entries from iptcloud_audit");
        await RingsAsync(["PagesFail", "PagesFailSlowly"], () => cluster.OpenAsync("/caseload"));

        // It does not let the worker take what waits.
        await cluster.DoAsync("revoke update on due_work, message_outbox from iptcloud_worker");
        await cluster.AddAsync(Due(now), Message(OutboxStates.Pending, now - hour));
        await RingsAsync(["DeadlinesLate", "MessagesStuck", "AlertUnseen", "MessageInDoubt", "PaymentUnheard", "SeatsUntold", "AuditBroken", "AuditUnsealed"]);
    }

    /// <summary>Does something again and again until the alerts for it have rung.</summary>
    private async Task RingsAsync(IReadOnlyList<string> alerts, params Func<Task>[] acts)
    {
        HashSet<string> due = [.. alerts];
        await PortalSite.AwaitAsync(string.Join(", ", alerts), async () =>
        {
            foreach (var act in acts) await act();
            var firing = await cluster.Prometheus.FiringAsync();
            due.ExceptWith(firing);
            rung.UnionWith(firing);
            return due.Count == 0 ? due : null;
        });
    }

    /// <summary>Asks everything, and says what was answered.</summary>
    private async Task<string> AnswersAsync()
    {
        StringBuilder report = new("# What every panel and rule returned\n\nWritten by `WatchTests` (see *Watching it* in the README) while every fault but a dead worker was being made. A series is shown by its value; of several, how many and the largest.\n\n| where | title | returned | query |\n| --- | --- | --- | --- |\n");
        List<string> unanswered = [];
        foreach (var question in Question.OfRules().Concat(Question.OfDashboards()))
        {
            if (missing.TryGetValue(question.Title, out var reason))
            {
                report.Append(CultureInfo.InvariantCulture, $"| {question.Place} | {question.Title} | not asked: {reason} | |\n");
                continue;
            }

            var answer = await AskAsync(question);
            if (answer.Count == 0 && !question.IsAlert) unanswered.Add($"{question.Place}, {question.Title}: {question.Query}");
            foreach (var selector in question.Selectors.Where(s => !missing.ContainsKey(s)))
                if ((await cluster.Prometheus.AskAsync($"last_over_time({selector}[10m])")).Count == 0) unanswered.Add($"{question.Place}, {question.Title}: no series {selector}");
            report.Append(CultureInfo.InvariantCulture, $"| {question.Place} | {question.Title} | {Words(answer)} | `{question.Query.Replace("|", "\\|", StringComparison.Ordinal)}` |\n");
        }

        Assert.True(unanswered.Count == 0, string.Join('\n', unanswered) + "\n\n" + report);
        return report.ToString();
    }

    /// <summary>Rules and panels look back a quarter of a minute here: on a machine that stalls for as long they see nothing for a moment.</summary>
    private async Task<IReadOnlyList<Series>> AskAsync(Question question)
    {
        var answer = await cluster.Prometheus.AskAsync(question.Query);
        for (var again = 0; again < Repetitions && answer.Count == 0 && !question.IsAlert; again++)
        {
            await cluster.OpenAsync("/caseload");
            answer = await cluster.Prometheus.AskAsync(question.Query);
        }

        return answer;
    }

    private static string Words(IReadOnlyList<Series> answer) => answer.Count switch
    {
        0 => "nothing: it does not ring",
        1 => string.Create(CultureInfo.InvariantCulture, $"{answer[0].Value:G4}"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{count}, up to {answer.Max(s => s.Value):G4}"),
    };

    /// <summary>An instant as the database has it.</summary>
    private static string Ago(TimeSpan time) => (TimeProvider.System.GetUtcNow() - time).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static OutboxRow Message(string state, DateTimeOffset visible) => new()
    {
        NetworkId = SiteClinic.NetworkId, MessageId = new(Guid.NewGuid()), CourseId = new(Guid.NewGuid()), ClinicId = SiteClinic.ClinicId, ClientId = new(Guid.NewGuid()), Template = nameof(MessageTemplate.Note), State = state,
        QueuedAt = visible, VisibleAt = visible, ClosesAt = visible + hour,
    };

    private static DueWorkRow Due(DateTimeOffset now) => new() { NetworkId = SiteClinic.NetworkId, CourseId = new(Guid.NewGuid()), Kind = DueKind.MissedCheck, Subject = Guid.NewGuid(), DueAt = now - hour, VisibleAt = now - hour };
}
