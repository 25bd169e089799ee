using IptCloud.Domain.Clients;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Networks;

namespace IptCloud.Domain.Courses;

/// <summary>Everything a decision needs beside the state and the command, read once at the edge.</summary>
/// <param name="Now">By the clinic clock.</param>
public sealed record DecisionContext(DateTimeOffset Now, CommandId Command, Actor Actor, ClientFacts Client, ClinicFacts Clinic, NetworkPolicy Policy)
{
    /// <summary>The client's quiet hours.</summary>
    public QuietHours Quiet => new(Policy.QuietFrom, Policy.QuietUntil);

    /// <summary>An id that follows from the command, the same again when the command is repeated.</summary>
    public TId Derive<TId>(string purpose) where TId : struct, ITypedId<TId> => TypedId.Derive<TId>(Command.Value, purpose);
}
