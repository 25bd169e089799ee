using System.Collections.Concurrent;
using IptCloud.Data.Billing;
using IptCloud.Data.Clients;
using IptCloud.Data.Networks;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Clients;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;

namespace IptCloud.Grains.Courses;

/// <summary>
/// What decisions need from outside the course, read at the edge. Clinics change seldom and are kept for ten seconds of
/// the system clock, so that a change of members holds soon; a client's facts are read by the grain when they matter.
/// </summary>
internal sealed class CourseFacts(NetworkDirectory directory, ClientRecords clients, Subscriptions subscriptions, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(NetworkId, ClinicId), (long At, ClinicFacts Clinic, NetworkPolicy Policy)> known = new();

    public async ValueTask<(ClinicFacts Clinic, NetworkPolicy Policy)> ClinicAsync(NetworkId network, ClinicId clinic)
    {
        if (known.TryGetValue((network, clinic), out var kept) && clock.GetElapsedTime(kept.At) < Fresh) return (kept.Clinic, kept.Policy);
        var (facts, policy) = await directory.FactsAsync(network, clinic);
        facts = facts with { IsRestricted = await subscriptions.EntitlementAsync(network) is Entitlement.Restricted or Entitlement.BillingOnly };
        known[(network, clinic)] = (clock.GetTimestamp(), facts, policy);
        return (facts, policy);
    }

    public async Task<ClientFacts> ClientAsync(NetworkId network, ClientId client)
    {
        var found = await clients.FindAsync(network, client);
        // Without a record nobody can be written to; quiet hours then hardly matter.
        return found is null ? new(client, "Etc/UTC", false) : new(client, found.Record.Zone, found.Record.MayEmail);
    }
}
