using Hangfire;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Access;
using IptCloud.Data.Messages;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Messages;

/// <summary>Delivers one staff letter. Name and arguments are a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Delivery), AutomaticRetry(Attempts = 0)]
public sealed class LetterJob(LetterDeliveries letters, IMessageSender sender, IOptions<WorkerOptions> options, WorkerClock clock)
{
    /// <summary>Delivers the letter, if it still waits.</summary>
    public async Task RunAsync(Guid letter, CancellationToken ct)
    {
        if (await letters.BeginAsync(letter, await clock.SystemAsync(ct), options.Value.Lease, ct) is not { } delivery) return;
        var result = await sender.SendAsync(Render(delivery), ct);
        // An answer that was lost is asked for again: the letter's link stays the same.
        DateTimeOffset? retryAt = result.Outcome is SendOutcome.TryAgain or SendOutcome.MaybeSent && Backoff.After(delivery.Attempt) is { } pause ? await clock.SystemAsync(CancellationToken.None) + pause : null;
        var state = retryAt is not null ? OutboxStates.Pending : result.Outcome switch
        {
            SendOutcome.Sent => OutboxStates.Sent,
            SendOutcome.MaybeSent => OutboxStates.MaybeSent,
            _ => OutboxStates.Failed,
        };
        // Not cancelled by a shutdown: what has happened is written down.
        await letters.SettleAsync(delivery, state, result.Detail, retryAt, CancellationToken.None);
        JobMetrics.Delivered(delivery.Template.ToString(), state);
    }

    /// <summary>The link starts with the public address, never with a request's host.</summary>
    private OutgoingMessage Render(LetterDelivery delivery)
    {
        var root = (options.Value.PublicUrl ?? throw new InvalidOperationException("The public address is not set.")).GetLeftPart(UriPartial.Path).TrimEnd('/');
        var link = delivery.Template switch
        {
            LetterTemplate.Changed => $"{root}/account",
            LetterTemplate.SeatAdded or LetterTemplate.PaymentLate or LetterTemplate.Restricted or LetterTemplate.Receipt or LetterTemplate.TrialEnding => $"{root}/network/plan",
            _ => $"{root}/t/{delivery.Purpose}/{delivery.Token}",
        };
        return new(delivery.Id.ToString("N"), LetterTexts.Sender, delivery.Address, LetterTexts.Subject(delivery.Template), LetterTexts.Text(delivery.Template, link, delivery.Facts), null);
    }
}
