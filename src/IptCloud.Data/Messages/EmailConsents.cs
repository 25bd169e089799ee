using System.Collections.Immutable;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Messages;

/// <summary>Who speaks through a stop link.</summary>
/// <param name="Courses">The client's courses that must learn of the change.</param>
public sealed record StopRequest(NetworkId Network, ClientId Client, ClinicId Clinic, ImmutableArray<CourseKey> Courses);

/// <summary>Withdrawing the consent to e-mail from within an e-mail.</summary>
public sealed class EmailConsents(Databases databases, ClientRecords clients, NetworkKeys keys)
{
    private const int MostTries = 5;

    /// <summary>The message's client; null for a token that is not genuine.</summary>
    public async Task<StopRequest?> FindAsync(string? token, CancellationToken ct = default)
    {
        if (!StopToken.TryRead(token, out var network, out var message)) return null;
        await using var db = await databases.ReadAsync(network, ct);
        if (await db.Networks.Where(n => n.NetworkId == network).Select(n => new { n.LinkKey, n.KeyVersion }).SingleOrDefaultAsync(ct) is not { } found) return null;
        var key = (await keys.RingAsync(network, found.KeyVersion, ct)).Open(Place.LinkKey, found.LinkKey, found.KeyVersion);
        if (!StopToken.IsGenuine(token!, key, message)) return null;
        var row = await db.Outbox.AsNoTracking().SingleOrDefaultAsync(m => m.NetworkId == network && m.MessageId == message && m.Recipient == null, ct);
        if (row is null) return null;
        var open = await db.OpenCourses.Where(o => o.NetworkId == network && o.ClientId == row.ClientId).Select(o => o.CourseId).ToListAsync(ct);
        return new(network, row.ClientId, row.ClinicId, [.. open.Append(row.CourseId).Distinct().Select(c => new CourseKey(network, c))]);
    }

    /// <summary>Withdraws the consent; what waits for the client is withdrawn with it. Repeating it changes nothing.</summary>
    /// <param name="now">By the clinic clock.</param>
    public async Task WithdrawAsync(StopRequest request, DateTimeOffset now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (var i = 0; i < MostTries; i++)
        {
            if (await clients.FindAsync(request.Network, request.Client, ct) is not { Record.EmailConsent: true } found) return;
            if (await clients.ChangeAsync(request.Network, found, found.Record with { EmailConsent = false }, now, ct)) return;
        }

        throw new InvalidOperationException("The client's record kept changing.");
    }
}
