using System.Globalization;
using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator.Pages;

/// <summary>The faults as fields of a form: what is not sent is taken back.</summary>
internal static class FaultForm
{
    public static void Apply(SimulatorFaults faults, JsonObject form)
    {
        faults.DuplicateDeliveries = Flag(form, "duplicate");
        faults.ReverseDeliveries = Flag(form, "reverse");
        faults.DropDeliveries = Flag(form, "drop");
        faults.EventApiVersion = form.Text("event_api_version") is { Length: > 0 } version ? version : null;
        faults.LoseResponses = Number(form, "lose_responses");
        faults.RateLimits = Number(form, "rate_limits");
        faults.FailuresBefore = Number(form, "failures_before");
        faults.FailuresAfter = Number(form, "failures_after");
        faults.HoldDeliveries = Flag(form, "hold");
    }

    public static string Fields(SimulatorFaults faults) => $"""
        {Check("duplicate", "Deliver every event twice", faults.DuplicateDeliveries)}
        {Check("reverse", "Deliver in reversed order", faults.ReverseDeliveries)}
        {Check("hold", "Hold deliveries back", faults.HoldDeliveries)}
        {Check("drop", "Lose deliveries", faults.DropDeliveries)}
        <label>API version of events <input name="event_api_version" value="{Html.Encode(faults.EventApiVersion)}"></label>
        {Count("lose_responses", "Carried out but not answered", faults.LoseResponses)}
        {Count("rate_limits", "Answered 429", faults.RateLimits)}
        {Count("failures_before", "Answered 500, nothing done", faults.FailuresBefore)}
        {Count("failures_after", "Carried out and answered 500", faults.FailuresAfter)}
        """;

    private static bool Flag(JsonObject form, string name) => form.Text(name) is "1" or "true" or "on";

    private static int Number(JsonObject form, string name) =>
        int.TryParse(form.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Check(string name, string label, bool on) =>
        $"<label class=\"check\"><input type=\"checkbox\" name=\"{name}\" value=\"1\"{(on ? " checked" : "")}> {Html.Encode(label)}</label>";

    private static string Count(string name, string label, int number) =>
        $"<label>{Html.Encode(label)}, next <input type=\"number\" name=\"{name}\" min=\"0\" value=\"{number}\"> requests</label>";
}
