using System.Text.Json;
using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Data.Keys;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Stripe.Billing;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Seats;

/// <summary>The people and the billing of a network on a database, in this process.</summary>
internal sealed class SeatSite(ServiceProvider services, NetworkId network, Actor owner, ClinicId clinic) : IAsyncDisposable
{
    public const string Key = "sk_test_rounds";

    public NetworkId Network => network;

    public IBillingProvider Provider => Get<IBillingProvider>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Opens the database in a folder, or on PostgreSQL.</summary>
    /// <param name="stripe">Where the simulator listens; null: nothing is billed.</param>
    /// <param name="before">Called before each request to it.</param>
    /// <param name="after">Called after each answer.</param>
    public static SeatSite Open(string folder, string? postgres, Uri? stripe, Guid network, Func<HttpRequestMessage, bool>? before = null, Func<HttpRequestMessage, bool>? after = null)
    {
        ServiceCollection collection = new();
        collection.AddLogging().AddSingleton(TimeProvider.System).AddDataProtection();
        if (postgres is null) collection.AddSqliteData(Path.Combine(folder, "seats.db"));
        else collection.AddPostgresData(postgres, Path.Combine(folder, "master.key"));
        if (stripe is not null)
        {
            collection.AddStripe(s => (s.ApiKey, s.WebhookSecret, s.ApiBase, s.PublicUrl) = (Key, "whsec_rounds", stripe, new("http://localhost:1")), isSimulated: true);
            if (before is not null) collection.AddHttpClient("stripe").AddHttpMessageHandler(() => new Trap(before, after!));
        }

        ClinicId clinic = new(network);
        return new(collection.BuildServiceProvider(), new(network), new(ActorKind.Member, new(network), Roles.Owner | Roles.Admin, [clinic]), clinic);
    }

    public async Task PrepareAsync()
    {
        await Get<Databases>().MigrateAsync();
        await Get<NetworkKeys>().PrepareAsync();
    }

    /// <summary>A network of this site's id, with an owner and a clinic.</summary>
    public async Task FoundAsync()
    {
        var founded = await Get<NetworkKeys>().FoundAsync(new() { NetworkId = network, Name = "A network", Policy = JsonSerializer.Serialize(NetworkPolicy.Default) });
        await using var db = await Get<Databases>().WriteAsync(network);
        db.Networks.Add(founded);
        db.Clinics.Add(new() { NetworkId = network, ClinicId = clinic, Name = "A clinic", Zone = "Europe/London" });
        db.Members.Add(new() { NetworkId = network, MemberId = owner.Member!.Value, UserId = network.Value, Name = "Olive Owner", Email = "owner@example.org", Roles = Roles.Owner | Roles.Admin });
        db.MemberClinics.Add(new() { NetworkId = network, MemberId = owner.Member!.Value, ClinicId = clinic });
        await db.SaveChangesAsync();
    }

    public Task<Refusal?> InviteAsync(Guid id) => Get<Invites>().InviteAsync(network, owner, id, $"{id:N}@example.org", "Sam Sample", Roles.Therapist, [clinic]);

    public Task<Refusal?> AcceptAsync(Guid id)
    {
        StaffUser user = new() { Id = id, UserName = $"{id:N}@example.org", Email = $"{id:N}@example.org", EmailConfirmed = true };
        return Get<Invites>().AcceptAsync(new(new(Guid.NewGuid(), "invitation", id, network, user.Email), network, "A network", id, "Sam Sample", user.Email, Roles.Therapist), user);
    }

    public Task<Refusal?> LeaveAsync(Guid id) => Get<PeopleChanges>().RemoveAsync(network, owner, TypedId.Derive<MemberId>(id, "member"));

    public Task<Domain.Billing.Seats> SeatsAsync() => Get<SeatBook>().FindAsync(network);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>Stands between the product and the payment service.</summary>
    private sealed class Trap(Func<HttpRequestMessage, bool> before, Func<HttpRequestMessage, bool> after) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (before(request)) Die();
            var answer = await base.SendAsync(request, cancellationToken);
            if (after(request)) Die();
            return answer;
        }

        // As kill -9 does: nothing is flushed, nothing is disposed.
        private static void Die()
        {
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            self.Kill();
            self.WaitForExit();
        }
    }
}
