namespace IptCloud.Domain.Billing;

/// <summary>
/// The therapist seats of a network. A seat is taken by an active membership with the role Therapist and by nothing else;
/// an open invitation of a therapist holds one, so that whoever accepts it finds it free.
/// </summary>
/// <param name="Kept">So many seats are granted, and paid for, even if fewer are used. Set by the owner.</param>
/// <param name="Ceiling">Never more than so many are granted. Set by the owner.</param>
/// <param name="Used">Seats taken.</param>
/// <param name="Held">Open invitations of therapists.</param>
public sealed record Seats(int Kept, int Ceiling, int Used, int Held)
{
    /// <summary>Nobody has a network with more seats; a slip of the finger does.</summary>
    public const int Most = 500;

    /// <summary>What a network starts with.</summary>
    public static Seats First { get; } = new(0, 10, 0, 0);

    /// <summary>Seats granted, and the quantity that is billed: those used, and never fewer than those kept.</summary>
    public int Granted => Math.Max(Kept, Used);

    /// <summary>Therapists who can still be invited.</summary>
    public int Free => Math.Max(0, Ceiling - Used - Held);

    /// <summary>What stands against the people of a network becoming these; null: nothing.</summary>
    /// <param name="before">The same before the change: what makes it smaller is never refused.</param>
    /// <param name="mayGrow">False while the network is restricted: nothing more is sold to it.</param>
    public Refusal? Against(Seats before, bool mayGrow)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (Used + Held <= before.Used + before.Held && Used <= before.Used) return null;
        if (Used > Ceiling || (Used + Held > Ceiling && Used + Held > before.Used + before.Held)) return BillingRefusals.NoSeat(Ceiling);
        return mayGrow || Granted <= before.Granted ? null : BillingRefusals.Restricted;
    }

    /// <summary>What stands against the owner's wish, at each of its fields; empty: nothing.</summary>
    public static IEnumerable<Refusal> Check(Seats now, int? kept, int? ceiling)
    {
        ArgumentNullException.ThrowIfNull(now);
        return Wrong();

        IEnumerable<Refusal> Wrong()
        {
            if (kept is not (>= 0 and <= Most)) yield return BillingRefusals.Kept;
            else if (kept > ceiling && ceiling is >= 1 and <= Most) yield return BillingRefusals.KeptAboveCeiling;
            if (ceiling is not (>= 1 and <= Most)) yield return BillingRefusals.Ceiling;
            else if (ceiling < now.Used + now.Held) yield return BillingRefusals.CeilingBelowUsed(now.Used, now.Held);
        }
    }
}
