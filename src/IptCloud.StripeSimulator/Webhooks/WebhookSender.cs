using System.Security.Cryptography;
using System.Text;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Webhooks;

/// <summary>Delivers queued events one after another, signed; what fails is tried again for three days.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const long GiveUpSeconds = 3 * 86_400;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SimulatorStore store;
    private readonly StripeSimulatorOptions options;
    private readonly SimulatorFaults faults;
    private readonly CancellationTokenSource stopping = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    private readonly Lock sync = new();
    private readonly Task running;
    private TaskCompletionSource wake = New();
    private TaskCompletionSource rounds = New();

    private sealed record Delivery(long Seq, string Event, string Endpoint, long Tries, long? FirstTry);

    public WebhookSender(SimulatorStore store, StripeSimulatorOptions options, SimulatorFaults faults)
    {
        this.store = store;
        this.options = options;
        this.faults = faults;
        faults.Changed += Wake;
        running = Task.Run(RunAsync);
    }

    public void Wake()
    {
        lock (sync) wake.TrySetResult();
    }

    /// <summary>Waits until everything queued so far was tried at least once.</summary>
    public async Task SettleAsync()
    {
        var last = await store.RunAsync(work => work.Query("select coalesce(max(seq), 0) from deliveries", row => row.GetInt64(0))[0]);
        while (true)
        {
            Task round;
            lock (sync) round = rounds.Task;
            var untried = await store.RunAsync(work => work.Query(
                "select count(*) from deliveries where tries = 0 and next_try is not null and seq <= $last", row => row.GetInt64(0), ("$last", last))[0]);
            if (untried == 0 || faults.HoldDeliveries) return;
            Wake();
            await round.WaitAsync(stopping.Token);
        }
    }

    /// <summary>Waits until everything that is due now, also what failed before, was tried.</summary>
    public async Task RoundAsync()
    {
        // The round that runs may have begun before what is meant; the next one has not.
        for (var i = 0; i < 2; i++)
        {
            Task round;
            lock (sync) round = rounds.Task;
            Wake();
            await round.WaitAsync(stopping.Token);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                Task woken;
                lock (sync)
                {
                    if (wake.Task.IsCompleted) wake = New();
                    woken = wake.Task;
                }

                await DeliverAsync();
                lock (sync)
                {
                    rounds.TrySetResult();
                    rounds = New();
                }

                await Task.WhenAny(woken, Task.Delay(Pause, TimeProvider.System, stopping.Token));
                stopping.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task DeliverAsync()
    {
        if (faults.HoldDeliveries) return;
        var batch = await store.RunAsync(Waiting);
        if (faults.ReverseDeliveries) batch.Reverse();
        foreach (var delivery in batch)
        {
            stopping.Token.ThrowIfCancellationRequested();
            if (faults.HoldDeliveries) return;
            var delivered = faults.DropDeliveries || await SendAsync(delivery);
            if (delivered && faults is { DuplicateDeliveries: true, DropDeliveries: false }) await SendAsync(delivery);
            await store.RunAsync(work => Note(work, delivery, delivered));
        }
    }

    private static List<Delivery> Waiting(Work work) => work.Query(
        "select seq, event, endpoint, tries, first_try from deliveries where next_try <= $now order by seq",
        row => new Delivery(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4)),
        ("$now", work.Now()));

    private static void Note(Work work, Delivery delivery, bool delivered)
    {
        var now = work.Now();
        var first = delivery.FirstTry ?? now;
        // 5, 10, 20 s and so on, at most an hour.
        long? next = delivered || now - first >= GiveUpSeconds ? null : now + Math.Min(3600, 5L << (int)Math.Min(delivery.Tries, 10));
        work.Execute("update deliveries set tries = tries + 1, first_try = $first, next_try = $next where seq = $seq",
            ("$first", first), ("$next", next), ("$seq", delivery.Seq));
        if (!delivered || work.Find(delivery.Event) is not { } e) return;
        e["pending_webhooks"] = Math.Max(0, (e.Number("pending_webhooks") ?? 0) - 1);
        work.Save(e);
    }

    private async Task<bool> SendAsync(Delivery delivery)
    {
        var (url, secret, body) = await store.RunAsync(work => Letter(work, delivery));
        if (url is null) return true;
        var at = options.Clock.GetUtcNow().ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", $"t={at},v1={Convert.ToHexStringLower(signature)}");
        try
        {
            using var response = await http.SendAsync(request, stopping.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return false;
        }
    }

    private (Uri? Url, string Secret, string Body) Letter(Work work, Delivery delivery)
    {
        var e = work.Get(delivery.Event, "event").Copy();
        Uri? url = options.WebhookUrl;
        var secret = options.WebhookSecret;
        if (delivery.Endpoint != SimulatorEvents.ConfiguredEndpoint)
        {
            var endpoint = work.Find(delivery.Endpoint);
            if (endpoint is null || endpoint.IsDeleted() || endpoint.Text("status") != "enabled") return (null, "", "");
            url = new Uri(endpoint.Text("url")!);
            secret = endpoint.Notes().Text("secret")!;
            e["api_version"] = endpoint.Text("api_version") ?? e.Text("api_version");
        }

        if (faults.EventApiVersion is { } skewed) e["api_version"] = skewed;
        return (url, secret, e.ToJsonString());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        faults.Changed -= Wake;
        await stopping.CancelAsync();
        await running;
        http.Dispose();
        stopping.Dispose();
    }
}
