namespace IptCloud.StripeSimulator;

/// <summary>What goes wrong on purpose. Not stored: a simulator that is started again has no faults.</summary>
public sealed class SimulatorFaults
{
    private bool hold;

    internal event Action? Changed;

    /// <summary>Every event is delivered twice.</summary>
    public bool DuplicateDeliveries { get; set; }

    /// <summary>What waits to be delivered together is delivered last first.</summary>
    public bool ReverseDeliveries { get; set; }

    /// <summary>Deliveries wait until this is taken back.</summary>
    public bool HoldDeliveries
    {
        get => hold;
        set
        {
            hold = value;
            Changed?.Invoke();
        }
    }

    /// <summary>Deliveries are lost for good, without a try.</summary>
    public bool DropDeliveries { get; set; }

    /// <summary>The API version that events claim to be of; null for the right one.</summary>
    public string? EventApiVersion { get; set; }

    /// <summary>How many of the next writing requests are carried out and then not answered: the connection breaks.</summary>
    public int LoseResponses { get; set; }

    /// <summary>How many of the next requests are answered with 429, and nothing done.</summary>
    public int RateLimits { get; set; }

    /// <summary>How many of the next requests are answered with 500, and nothing done.</summary>
    public int FailuresBefore { get; set; }

    /// <summary>How many of the next writing requests are carried out and still answered with 500.</summary>
    public int FailuresAfter { get; set; }

    /// <summary>Takes all faults back.</summary>
    public void Clear()
    {
        DuplicateDeliveries = ReverseDeliveries = DropDeliveries = false;
        EventApiVersion = null;
        LoseResponses = RateLimits = FailuresBefore = FailuresAfter = 0;
        HoldDeliveries = false;
    }
}
