using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Domain;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Networks;

/// <summary>
/// Shuts a member out. The membership is asked at every request, so that the next one is refused; the sign-ins in this
/// network end, and the security stamp is renewed as well, so that whatever else trusts one of them ends within its check.
/// </summary>
public sealed class Suspension(PeopleChanges changes, StaffSessions sessions, UserManager<StaffUser> users)
{
    /// <summary>Suspends; null: done.</summary>
    public async Task<Refusal?> SuspendAsync(NetworkId network, Actor actor, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return await changes.SuspendAsync(network, actor, person.Id) ?? await EndSessionsAsync(network, person);
    }

    /// <summary>Takes out of the network; null: done.</summary>
    public async Task<Refusal?> RemoveAsync(NetworkId network, Actor actor, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return await changes.RemoveAsync(network, actor, person.Id) ?? await EndSessionsAsync(network, person);
    }

    private async Task<Refusal?> EndSessionsAsync(NetworkId network, Person person)
    {
        await sessions.EndAllAsync(person.User, network);
        if (await users.FindByIdAsync(person.User.ToString()) is { } user) await users.UpdateSecurityStampAsync(user);
        return null;
    }
}
