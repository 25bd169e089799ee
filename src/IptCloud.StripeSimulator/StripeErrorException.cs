using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator;

/// <summary>A request that is answered with one of Stripe's error objects.</summary>
internal sealed class StripeErrorException(
    int status, string type, string message, string? code = null, string? param = null) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The parameters were refused before anything ran: no reply is kept for the idempotency key.</summary>
    public bool BeforeExecution { get; init; }

    /// <summary>What was written stays, such as the failed try to charge a card.</summary>
    public bool Keeps { get; init; }

    public string? DeclineCode { get; init; }

    public static StripeErrorException Invalid(string message, string? code = null, string? param = null) =>
        new(400, "invalid_request_error", message, code, param);

    public static StripeErrorException Refused(string message, string? code, string param) =>
        new(400, "invalid_request_error", message, code, param) { BeforeExecution = true };

    public static StripeErrorException Missing(string kind, string id, string? param = null) =>
        new(404, "invalid_request_error", $"No such {kind.Split('.')[^1]}: '{id}'", "resource_missing", param ?? "id");

    public static StripeErrorException Declined(bool keeps = false) =>
        new(402, "card_error", "Your card was declined.", "card_declined") { DeclineCode = "generic_decline", Keeps = keeps };

    public JsonObject ToJson(string requestId)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = Message };
        if (code is not null) error["code"] = code;
        if (param is not null) error["param"] = param;
        if (DeclineCode is not null) error["decline_code"] = DeclineCode;
        error["request_log_url"] = $"https://dashboard.stripe.com/test/logs/{requestId}";
        return new JsonObject { ["error"] = error };
    }
}
