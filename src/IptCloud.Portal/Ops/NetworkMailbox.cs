using IptCloud.Contracts.Messages;
using IptCloud.Data.Messages;
using IptCloud.Domain.Identifiers;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Ops;

/// <summary>The part of the mailbox folder that belongs to one network. The folder knows no networks; the outbox does.</summary>
internal sealed class NetworkMailbox(IServiceProvider services, OutboxOverview outbox)
{
    /// <summary>Messages listed.</summary>
    public const int MostShown = 100;

    private readonly IMailbox? mailbox = services.GetService<IMailbox>();

    /// <summary>The newest messages; null where there is no mailbox folder.</summary>
    public async Task<IReadOnlyList<MailboxEntry>?> NewestAsync(NetworkId network)
    {
        if (mailbox is null) return null;
        var entries = await mailbox.NewestAsync(MostShown);
        var own = await outbox.OfNetworkAsync(network, entries.Select(e => IdOf(e.Id)).OfType<MessageId>());
        return [.. entries.Where(e => IdOf(e.Id) is { } id && own.Contains(id))];
    }

    /// <summary>One message; null if there is none of this network.</summary>
    public async Task<MailboxLetter?> ReadAsync(NetworkId network, string id) =>
        mailbox is not null && IdOf(id) is { } message && (await outbox.OfNetworkAsync(network, [message])).Count == 1 ? await mailbox.ReadAsync(message.ToString()) : null;

    private static MessageId? IdOf(string text) => TypedId.TryParse<MessageId>(text, out var id) ? id : null;
}
