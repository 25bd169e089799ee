using System.Text.Json;
using System.Text.Json.Nodes;
using IptCloud.Contracts.Billing;
using IptCloud.Data.Access;
using IptCloud.Data.Billing;
using IptCloud.Data.Keys;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Jobs;
using IptCloud.Jobs.Billing;
using IptCloud.Stripe.Billing;
using IptCloud.StripeSimulator;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace IptCloud.Stripe;

/// <summary>A network with an owner, a real database, the billing of the product, and a Stripe of its own beside it.</summary>
public sealed class Till : IAsyncDisposable
{
    public static readonly DateTimeOffset Opening = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private PostgresDatabase? database;
    private ServiceProvider services = null!;
    private WebApplication doorbell = null!;
    private (string Body, string Signature) last;
    private int people;

    public FakeTimeProvider Clock { get; } = new(Opening);

    public StripeSimulatorServer Stripe { get; private set; } = null!;

    public NetworkId Network { get; } = new(Guid.NewGuid());

    public ClinicId Clinic { get; } = new(Guid.NewGuid());

    public Actor Owner { get; private set; } = null!;

    /// <summary>Deliveries that arrived.</summary>
    public int Rings { get; private set; }

    public IBillingProvider Provider => Get<IBillingProvider>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<Till> OnSqliteAsync()
    {
        Till till = new();
        await till.OpenAsync(s => s.AddSqliteData(till.folder.File("test.db")));
        return till;
    }

    public static async Task<Till> OnPostgresAsync()
    {
        Till till = new() { database = await PostgresDatabase.CreateAsync(Ct) };
        await till.OpenAsync(s => s.AddPostgresData(till.database.ConnectionString, till.folder.File("master.key")));
        return till;
    }

    /// <summary>Somebody is invited with a role; null: it was sent.</summary>
    public Task<Refusal?> InviteAsync(Guid id, Roles roles = Roles.Therapist) => Get<Invites>().InviteAsync(Network, Owner, id, $"{id:N}@example.org", "Sam Sample", roles, [Clinic], Ct);

    /// <summary>Whoever was invited accepts.</summary>
    public async Task<Refusal?> AcceptAsync(Guid id)
    {
        StaffUser user = new() { Id = Guid.NewGuid(), UserName = $"{id:N}@example.org", Email = $"{id:N}@example.org", EmailConfirmed = true };
        return await Get<Invites>().AcceptAsync(new(new(Guid.NewGuid(), "invitation", id, Network, user.Email), Network, "A network", id, "Sam Sample", user.Email, Roles.Therapist), user, Ct);
    }

    /// <summary>A therapist joins.</summary>
    public async Task<MemberId> JoinAsync()
    {
        var id = new Guid(++people, 0, 0, new byte[8]);
        Assert.Null(await InviteAsync(id));
        Assert.Null(await AcceptAsync(id));
        return TypedId.Derive<MemberId>(id, "member");
    }

    public Task<Refusal?> RemoveAsync(MemberId member) => Get<PeopleChanges>().RemoveAsync(Network, Owner, member, Ct);

    public Task<Seats> SeatsAsync() => Get<SeatBook>().FindAsync(Network, Ct);

    public async Task<SubscriptionRow> SubscriptionAsync() => (await Get<Subscriptions>().FindAsync(Network, Ct))!;

    /// <summary>Subscribes: orders, and pays on the page.</summary>
    public async Task SubscribeAsync(DateTimeOffset? trialEnd = null, string action = "pay")
    {
        var page = await Provider.SubscribeAsync(Network, new("A network", "owner@example.org"), Math.Max(1, (await SeatsAsync()).Granted), trialEnd, Guid.NewGuid(), Ct);
        Assert.Null(page.Refused);
        await PayAsync(page.Address!, action);
        await WorkAsync();
    }

    /// <summary>Presses the button of a Checkout page.</summary>
    /// <param name="action">pay, later (works now and is declined later), or decline.</param>
    public static async Task PayAsync(Uri page, string action = "pay")
    {
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false });
        using FormUrlEncodedContent form = new([new("action", action)]);
        using var answer = await browser.PostAsync(page, form, Ct);
        Assert.True((int)answer.StatusCode < 400, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    /// <summary>Events arrive, and the worker does what follows, until nothing is left to do.</summary>
    public async Task WorkAsync()
    {
        for (var round = 0; round < 5; round++)
        {
            await Stripe.SettleAsync();
            var (signal, order) = (await Get<BillingEvents>().EarliestAsync(Ct), await Get<SeatOrders>().EarliestAsync(Ct));
            if (!(signal <= Clock.GetUtcNow()) && !(order <= Clock.GetUtcNow())) return;
            await Sweep().RunAsync(Ct);
        }
    }

    /// <summary>Time passes for everybody, and the worker keeps up.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Stripe.AdvanceAsync(TimeSpan.Zero);
        await WorkAsync();
    }

    /// <summary>The nightly check.</summary>
    public async Task<int> CheckAsync()
    {
        Clock.Advance(TimeSpan.FromSeconds(1)); // one check in a millisecond
        await new CheckSeatsJob([Provider], Get<BillingEvents>(), Get<SeatChecks>(), Get<ILogger<CheckSeatsJob>>()).RunAsync(Ct);
        await WorkAsync();
        return await ReadAsync(db => db.SeatChecks.CountAsync(c => c.Drift, Ct));
    }

    public async Task<T> ReadAsync<T>(Func<IptCloudDb, Task<T>> read)
    {
        await using var db = await Get<Databases>().ReadAsync(Network, Ct);
        return await read(db);
    }

    public async Task<T> ReadDirectoryAsync<T>(Func<IptCloudDb, Task<T>> read)
    {
        await using var db = await Get<Databases>().ReadAsync(DatabaseRole.Directory, Ct);
        return await read(db);
    }

    /// <summary>Letters of a template that were queued for this network.</summary>
    public Task<int> LettersAsync(LetterTemplate template) => ReadDirectoryAsync(db => db.StaffLetters.CountAsync(l => l.Template == template.ToString() && l.NetworkId == Network, Ct));

    /// <summary>What the newest letter of a template says beside its link.</summary>
    public async Task<string?> FactsAsync(LetterTemplate template) =>
        (await ReadDirectoryAsync(db => db.StaffLetters.AsNoTracking().Where(l => l.Template == template.ToString() && l.NetworkId == Network).ToListAsync(Ct))).MaxBy(l => l.QueuedAt)?.Facts;

    /// <summary>What Stripe holds of a kind, such as "subscription".</summary>
    public Task<IReadOnlyList<JsonObject>> AtStripeAsync(string type) => Stripe.ObjectsAsync(type);

    /// <summary>Pays what is open, as the button of Stripe's portal does.</summary>
    public async Task PayOpenInvoicesAsync()
    {
        global::Stripe.InvoiceService invoices = new(new global::Stripe.StripeClient(new global::Stripe.StripeClientOptions { ApiKey = "sk_test_till", ApiBase = Stripe.Url.ToString().TrimEnd('/') }));
        foreach (var open in (await invoices.ListAsync(new() { Status = "open" }, cancellationToken: Ct)).Data) await invoices.PayAsync(open.Id, cancellationToken: Ct);
    }

    /// <summary>The newest delivery again, many times at once.</summary>
    public async Task RingAgainAsync(int times)
    {
        var (body, signature) = last;
        foreach (var taken in await Task.WhenAll(Enumerable.Range(0, times).Select(_ => Task.Run(() => Provider.ReceiveAsync(body, signature))))) Assert.True(taken);
    }

    public BillingSweepJob Sweep() => new([Provider], Get<BillingEvents>(), Get<SeatOrders>(), Options.Create(new WorkerOptions()), new(Get<Databases>(), Options.Create(new WorkerOptions()), Clock, Clock));

    public async ValueTask DisposeAsync()
    {
        await Stripe.DisposeAsync();
        await doorbell.DisposeAsync();
        await services.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    private async Task OpenAsync(Action<IServiceCollection> data)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        doorbell = builder.Build();
        doorbell.MapPost("/webhooks/stripe", async (HttpRequest request) =>
        {
            Rings++;
            using StreamReader reader = new(request.Body);
            last = (await reader.ReadToEndAsync(), request.Headers["Stripe-Signature"].ToString());
            return await Provider.ReceiveAsync(last.Body, last.Signature) ? Results.Ok() : Results.BadRequest();
        });
        await doorbell.StartAsync(Ct);
        var portal = new Uri(doorbell.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Stripe = await StripeSimulatorServer.StartAsync(new()
        {
            DatabaseFile = folder.File("stripe.db"), Url = new($"http://localhost:{FreePort.Next()}"), ApiKey = "sk_test_till", WebhookUrl = new(portal, "/webhooks/stripe"), WebhookSecret = "whsec_till", Clock = Clock,
        }, Ct);

        ServiceCollection collection = new();
        collection.AddLogging().AddSingleton<TimeProvider>(Clock).AddDataProtection();
        data(collection);
        collection.AddStripe(s => (s.ApiKey, s.WebhookSecret, s.ApiBase, s.PublicUrl) = ("sk_test_till", "whsec_till", Stripe.Url, portal), isSimulated: true);
        collection.AddSingleton(new BillingClock(Clock, () => Stripe.Ahead));
        services = collection.BuildServiceProvider();
        await Get<Databases>().MigrateAsync(Ct);
        await Get<NetworkKeys>().PrepareAsync();
        await Get<StripeCatalog>().EnsurePriceAsync(Ct);
        await Get<StripeCatalog>().EnsurePortalAsync(Ct);
        MemberId owner = new(Guid.NewGuid());
        var founded = await Get<NetworkKeys>().FoundAsync(new() { NetworkId = Network, Name = "A network", Policy = JsonSerializer.Serialize(NetworkPolicy.Default), TrialEndsAt = Opening.AddDays(30) }, Ct);
        await using var db = await Get<Databases>().WriteAsync(Network, Ct);
        db.Networks.Add(founded);
        db.Clinics.Add(new() { NetworkId = Network, ClinicId = Clinic, Name = "A clinic", Zone = "Europe/London" });
        db.Members.Add(new() { NetworkId = Network, MemberId = owner, UserId = Guid.NewGuid(), Name = "Olive Owner", Email = "owner@example.org", Roles = Roles.Owner | Roles.Admin });
        db.MemberClinics.Add(new() { NetworkId = Network, MemberId = owner, ClinicId = Clinic });
        await db.SaveChangesAsync(Ct);
        Owner = new(ActorKind.Member, owner, Roles.Owner | Roles.Admin, [Clinic]);
    }
}
