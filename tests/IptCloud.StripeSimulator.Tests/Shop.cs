using System.Net;
using IptCloud.Testing;
using Microsoft.Extensions.Time.Testing;
using Stripe;

namespace IptCloud.StripeSimulator;

/// <summary>A simulator of its own and Stripe's client for it, at a time that stands still.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const long SeatPrice = 4900;
    public const string Key = "sk_test_shop";
    public const string Secret = "whsec_shop";

    public static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly HttpClient http;
    private StripeSimulatorOptions options;

    private Shop(Uri? webhook, bool cancelAfterLastTry, DelegatingHandler? recorder)
    {
        options = new StripeSimulatorOptions
        {
            DatabaseFile = Path.Combine(folder.Path, "stripe.db"),
            Url = new Uri("http://127.0.0.1:0"),
            ApiKey = Key,
            WebhookUrl = webhook,
            WebhookSecret = Secret,
            CancelAfterLastTry = cancelAfterLastTry,
            Clock = Time,
        };
        var plain = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        if (recorder is not null) recorder.InnerHandler = plain;
        http = new HttpClient(recorder ?? (HttpMessageHandler)plain);
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public StripeSimulatorServer Server { get; private set; } = null!;

    public V1Services Stripe { get; private set; } = null!;

    public HttpClient Http => http;

    public Price Price { get; private set; } = null!;

    public static async Task<Shop> OpenAsync(Uri? webhook = null, bool cancelAfterLastTry = false, DelegatingHandler? recorder = null)
    {
        var shop = new Shop(webhook, cancelAfterLastTry, recorder);
        await shop.StartAsync();
        var product = await shop.Stripe.Products.CreateAsync(new ProductCreateOptions { Name = "Therapist seat" });
        shop.Price = await shop.Stripe.Prices.CreateAsync(new PriceCreateOptions
        {
            Product = product.Id,
            Currency = "eur",
            UnitAmount = SeatPrice,
            LookupKey = "seat_month",
            TaxBehavior = "exclusive",
            Recurring = new PriceRecurringOptions { Interval = "month" },
        });
        return shop;
    }

    private async Task StartAsync()
    {
        Server = await StripeSimulatorServer.StartAsync(options);
        Stripe = Client(Key).V1;
    }

    public StripeClient Client(string key, int retries = 0) => new(new StripeClientOptions
    {
        ApiKey = key,
        ApiBase = Server.Url.ToString().TrimEnd('/'),
        HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: retries, enableTelemetry: false),
    });

    public async Task RestartAsync(Uri? webhook = null)
    {
        await Server.DisposeAsync();
        options = options with { WebhookUrl = webhook ?? options.WebhookUrl };
        await StartAsync();
    }

    /// <summary>Goes on from what lies on the disk while the simulator still runs: what kill -9 would leave.</summary>
    public async Task RestartFromDiskAsync()
    {
        var copy = folder.File("copy.db");
        foreach (var part in new[] { "", "-wal" }) System.IO.File.Copy(options.DatabaseFile + part, copy + part);
        await Server.DisposeAsync();
        options = options with { DatabaseFile = copy };
        await StartAsync();
    }

    /// <summary>A customer; the card is Stripe's name of a test card, or null for none.</summary>
    public async Task<Customer> CustomerAsync(string? card = "pm_card_visa", string? testClock = null)
    {
        var customer = await Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "North Clinic", Email = "billing@north.example", TestClock = testClock });
        if (card is null) return customer;
        var method = await Stripe.PaymentMethods.AttachAsync(card, new PaymentMethodAttachOptions { Customer = customer.Id });
        return await Stripe.Customers.UpdateAsync(customer.Id, new CustomerUpdateOptions
        {
            InvoiceSettings = new CustomerInvoiceSettingsOptions { DefaultPaymentMethod = method.Id },
        });
    }

    public Task<Subscription> SubscribeAsync(Customer customer, long seats = 5, int? trialDays = null, Action<SubscriptionCreateOptions>? more = null)
    {
        var create = new SubscriptionCreateOptions
        {
            Customer = customer.Id,
            Items = [new SubscriptionItemOptions { Price = Price.Id, Quantity = seats }],
            TrialPeriodDays = trialDays,
        };
        more?.Invoke(create);
        return Stripe.Subscriptions.CreateAsync(create);
    }

    public Task<Subscription> SeatsAsync(Subscription subscription, long seats, string proration = "always_invoice", string? payment = null) =>
        Stripe.Subscriptions.UpdateAsync(subscription.Id, new SubscriptionUpdateOptions
        {
            Items = [new SubscriptionItemOptions { Id = subscription.Items.Data[0].Id, Quantity = seats }],
            ProrationBehavior = proration,
            PaymentBehavior = payment,
        });

    public Task<Subscription> SubscriptionAsync(string id) => Stripe.Subscriptions.GetAsync(id);

    public async Task<int> CountAsync(string kind) => (await Server.ObjectsAsync(kind)).Count;

    public async Task<IReadOnlyList<string>> EventsAsync() =>
        [.. (await Server.ObjectsAsync("event")).Select(e => (string)e["type"]!)];

    public static async Task<StripeException> RefusedAsync(Func<Task> call, HttpStatusCode status)
    {
        var refusal = await Assert.ThrowsAsync<StripeException>(call);
        Assert.Equal(status, refusal.HttpStatusCode);
        return refusal;
    }

    /// <summary>Presses a button of one of the simulator's pages.</summary>
    public Task<HttpResponseMessage> PressAsync(string path, string action, params (string Name, string Value)[] fields) => http.PostAsync(
        new Uri(Server.Url, path),
        new FormUrlEncodedContent([new("action", action), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }
}
