using System.Diagnostics;
using Hangfire;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Messages;
using IptCloud.Data.Telemetry;
using IptCloud.Domain.Messages;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Messages;

/// <summary>
/// Delivers one message. It is committed as <c>sending</c> before anything leaves, so that a crash leaves a trace and never a
/// second message. Retries are the outbox's, not Hangfire's. Name and arguments are a stored format.
/// </summary>
[JobTelemetry, Queue(WorkerQueues.Delivery), AutomaticRetry(Attempts = 0)]
public sealed class DeliveryJob(Deliveries deliveries, MessageRenderer renderer, IMessageSender sender, IOptions<WorkerOptions> options, WorkerClock clock)
{
    /// <summary>Delivers the message, if it still waits and may still leave.</summary>
    public async Task RunAsync(Guid network, Guid message, CancellationToken ct)
    {
        if (await deliveries.BeginAsync(new(new(network), new(message)), await clock.ClinicAsync(ct), options.Value.ClinicLease, ct) is not { } delivery) return;
        TraceOfCause.Link(Activity.Current, delivery.Trace);
        OutgoingMessage letter;
        try
        {
            letter = renderer.Render(delivery);
        }
        catch
        {
            // Nothing has left: a text that cannot be written must not look like one that may have been sent.
            await SettleAsync(delivery, new(SendOutcome.TryAgain, "the text could not be written"));
            throw;
        }

        using var span = JobMetrics.Source.StartActivity("send message", ActivityKind.Producer);
        var sent = await sender.SendAsync(letter, ct);
        span?.SetTag("outcome", sent.Outcome.ToString());
        await SettleAsync(delivery, sent);
    }

    /// <summary>Not cancelled by a shutdown: what has happened is written down.</summary>
    private async Task SettleAsync(Delivery delivery, SendResult result)
    {
        var now = await clock.ClinicAsync();
        DateTimeOffset? retryAt = result.Outcome == SendOutcome.TryAgain && Backoff.After(delivery.Attempt) is { } pause ? now + (pause * options.Value.ClockSpeed()) : null;
        var state = result.Outcome switch
        {
            SendOutcome.Sent => OutboxStates.Sent,
            SendOutcome.MaybeSent => OutboxStates.MaybeSent,
            SendOutcome.TryAgain when retryAt is not null => OutboxStates.Pending,
            _ => OutboxStates.Failed,
        };
        await deliveries.SettleAsync(delivery, state, result.Detail, now, retryAt, CancellationToken.None);
        if (state == OutboxStates.Sent) JobMetrics.Left(now - delivery.QueuedAt);
        JobMetrics.Delivered(Enum.GetName(delivery.Template) ?? nameof(MessageTemplate.Note), state);
    }
}
