using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;

namespace IptCloud.Domain.Audit;

/// <summary>What became of it.</summary>
public enum AuditOutcome
{
    /// <summary>It was done, or shown.</summary>
    Done = 1,
    /// <summary>It was refused.</summary>
    Denied = 2,
}

/// <summary>Who did it, as far as that is known.</summary>
/// <param name="Kind">What kind of actor; null: nobody who is signed in.</param>
/// <param name="OnBehalfOf">The member for whom this one acts.</param>
/// <param name="User">The account, also where there is no membership.</param>
public sealed record AuditActor(ActorKind? Kind, MemberId? Member = null, MemberId? OnBehalfOf = null, Guid? User = null)
{
    /// <summary>Nobody who is signed in.</summary>
    public static AuditActor Nobody { get; } = new((ActorKind?)null);

    /// <summary>The platform itself.</summary>
    public static AuditActor System { get; } = new(ActorKind.System);

    /// <summary>The client behind a link.</summary>
    public static AuditActor Client { get; } = new(ActorKind.Client);

    /// <summary>A signed-in member.</summary>
    public static AuditActor Of(Actor actor, Guid? user = null) => new(actor.Kind, actor.Member, actor.OnBehalfOf, user);
}

/// <summary>Who did what, to whose record, when, from where, and what became of it. Ids and codes only: no name and no text is ever in it.</summary>
/// <param name="Network">The network; <see cref="Platform"/> for what belongs to none.</param>
/// <param name="Id">Version 7, led by the milliseconds of <paramref name="At"/>: ordering by it is ordering by time.</param>
/// <param name="At">By the system clock.</param>
/// <param name="Clients">Whose record; a list shows several.</param>
/// <param name="Subject">What in it: a session, an alert, a command, an entry.</param>
/// <param name="Origin">The address it came from; empty inside the platform.</param>
/// <param name="Session">The sign-in session, where there is one.</param>
/// <param name="Detail">A short code, such as a command's name.</param>
public sealed record AuditEntry(
    NetworkId Network, Guid Id, DateTimeOffset At, AuditActor Actor, string Action, AuditOutcome Outcome, ImmutableArray<ClientId> Clients,
    CourseId? Course = null, Guid? Subject = null, string Origin = "", string? Session = null, string? Detail = null)
{
    /// <summary>The longest detail, session and origin.</summary>
    public const int Longest = 100;

    /// <summary>
    /// The chain of what belongs to no network: failed sign-ins of unknown accounts, actions of the platform on itself. No
    /// network can have this id, because it is no version of a UUID, and no member belongs to it, so that only the audit's own login sees it.
    /// </summary>
    public static NetworkId Platform { get; } = new(new("00000000-0000-0000-0000-000000000001"));

    /// <summary>A new entry.</summary>
    /// <param name="now">By the system clock.</param>
    public static AuditEntry New(NetworkId network, DateTimeOffset now, AuditActor actor, AuditAction action, AuditOutcome outcome, params IEnumerable<ClientId> clients) =>
        // To the millisecond, as it is stored: the chain is made from what can be read back.
        new(network, IdOf(now), DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()), actor, action.Code, outcome, [.. clients.Distinct()]);

    /// <summary>The fraction of the millisecond follows in 12 bits (RFC 9562, 6.2, method 3), so that entries of one millisecond keep their order.</summary>
    private static Guid IdOf(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(id, bigEndian: true, out _);
        var fraction = (int)(now.UtcTicks % TimeSpan.TicksPerMillisecond * 4096 / TimeSpan.TicksPerMillisecond);
        (id[6], id[7]) = ((byte)(0x70 | (fraction >> 8)), (byte)(fraction & 0xFF));
        return new(id, bigEndian: true);
    }

    /// <summary>The smallest id that an entry of this instant can have.</summary>
    public static Guid FirstIdOf(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        Span<byte> ms = stackalloc byte[8];
        global::System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(ms, Math.Max(0, at.ToUnixTimeMilliseconds()));
        ms[2..].CopyTo(id);
        return new(id, bigEndian: true);
    }

    /// <summary>The instant that leads an id, to the millisecond.</summary>
    public static DateTimeOffset InstantOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        Span<byte> ms = stackalloc byte[8];
        ms.Clear();
        bytes[..6].CopyTo(ms[2..]);
        return DateTimeOffset.FromUnixTimeMilliseconds(global::System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(ms));
    }

    /// <summary>A code or an address, cut to what a column takes.</summary>
    public static string? Cut(string? text) => text is { Length: > Longest } ? text[..Longest] : text;
}
