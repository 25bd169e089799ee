namespace IptCloud.Domain.Risk;

/// <summary>Every refusal about alerts.</summary>
public static class RiskRefusals
{
    /// <summary>No such alert.</summary>
    public static Refusal Unknown { get; } = new("alert.unknown", "", "There is no such alert.");

    /// <summary>Somebody else was quicker.</summary>
    public static Refusal Acknowledged { get; } = new("alert.acknowledged", "", "A colleague took this alert on before you. Who and when stands on this page.");

    /// <summary>Closed already.</summary>
    public static Refusal Closed(string current) => new("alert.closed", "text", "This alert was closed meanwhile. What was recorded is shown beside your text.", current);

    /// <summary>Acknowledge first.</summary>
    public static Refusal AcknowledgeFirst { get; } = new("alert.acknowledge-first", "", "Acknowledge the alert before closing it.");
}
