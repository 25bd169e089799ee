using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;
using Microsoft.AspNetCore.Http;

namespace IptCloud.StripeSimulator.Api;

/// <summary>Everything under /v1: key, faults, idempotency, execution, answer.</summary>
internal sealed class ApiEndpoint(SimulatorStore store, StripeSimulatorOptions options, SimulatorFaults faults)
{
    private const int IdempotencySeconds = 24 * 3600;

    private sealed record Reply(int Status, string Body, bool Replayed = false, bool Lost = false);

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Work.NewId("req");
        context.Response.Headers["Request-Id"] = requestId;
        context.Response.Headers["Stripe-Version"] = Fixtures.Fixture.ApiVersion;
        if (context.Request.HasFormContentType) await context.Request.ReadFormAsync();
        Reply reply;
        try
        {
            reply = await store.RunAsync(work => Carry(work, context.Request, requestId));
        }
        catch (StripeErrorException error)
        {
            reply = new Reply(error.Status, error.ToJson(requestId).ToJsonString());
        }

        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A bug of the simulator itself: whoever called must be able to see it.
            reply = new Reply(500, new StripeErrorException(500, "api_error", $"The simulator failed: {fault}").ToJson(requestId).ToJsonString());
        }

        if (reply.Lost)
        {
            context.Abort();
            return;
        }

        if (context.Request.Headers["Idempotency-Key"] is [{ } key]) context.Response.Headers["Idempotency-Key"] = key;
        if (reply.Replayed) context.Response.Headers["Idempotent-Replayed"] = "true";
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(reply.Body);
    }

    private Reply Carry(Work work, HttpRequest request, string requestId)
    {
        if (!Authorized(request))
            throw new StripeErrorException(401, "invalid_request_error", "Invalid API Key provided.");
        if (faults.RateLimits > 0)
        {
            faults.RateLimits--;
            throw new StripeErrorException(429, "invalid_request_error", "Request rate limit exceeded.", "rate_limit");
        }

        if (faults.FailuresBefore > 0)
        {
            faults.FailuresBefore--;
            throw ServerError();
        }

        var path = request.Path.Value!["/v1/".Length..].Split('/');
        var writes = request.Method != "GET";
        var key = request.Method == "POST" ? request.Headers["Idempotency-Key"].ToString() : "";
        if (key.Length > 255) throw StripeErrorException.Refused("Idempotency keys may not be longer than 255 characters.", null, "Idempotency-Key");
        var print = Print(request);
        if (key.Length > 0 && Kept(work, key, print) is { } kept) return kept;

        work.RequestId = requestId;
        work.IdempotencyKey = key.Length > 0 ? key : null;
        Cycle.Run(work, null, work.Now());
        var reply = Execute(work, request, path, requestId);
        if (writes && reply.Status < 300 && faults.FailuresAfter > 0)
        {
            faults.FailuresAfter--;
            reply = new Reply(500, ServerError().ToJson(requestId).ToJsonString());
        }

        if (key.Length > 0)
            work.Execute("insert or replace into replies values ($key, $print, $at, $status, $body)",
                ("$key", key), ("$print", print), ("$at", work.RealNow), ("$status", reply.Status), ("$body", reply.Body));
        if (!writes || faults.LoseResponses == 0) return reply;
        faults.LoseResponses--;
        return reply with { Lost = true };
    }

    private static Reply Execute(Work work, HttpRequest request, string[] path, string requestId)
    {
        var (operation, ids) = Operation.All.Select(operation => (operation, Ids: operation.Match(request.Method, path)))
            .Where(match => match.Ids is not null).OrderBy(match => match.Ids!.Length).FirstOrDefault();
        if (operation is null)
            throw new StripeErrorException(404, "invalid_request_error", $"Unrecognized request URL ({request.Method}: {request.Path}).") { BeforeExecution = true };
        var given = operation.Shape.Read(FormTree.Of(request));
        work.Mark();
        try
        {
            var answer = operation.Run(new Call(work, given, ids!));
            return new Reply(200, Answer.Of(work, answer, given).ToJsonString());
        }
        catch (StripeErrorException error) when (!error.BeforeExecution)
        {
            // The reply is kept for its key; what was written before the error is not, unless the error says so.
            if (!error.Keeps) work.BackToMark();
            return new Reply(error.Status, error.ToJson(requestId).ToJsonString());
        }
    }

    private static Reply? Kept(Work work, string key, string print)
    {
        var found = work.Query("select print, status, body from replies where key = $key and at > $since",
            row => (Print: row.GetString(0), Reply: new Reply(row.GetInt32(1), row.GetString(2), Replayed: true)),
            ("$key", key), ("$since", work.RealNow - IdempotencySeconds));
        if (found.Count == 0) return null;
        return found[0].Print == print ? found[0].Reply
            : throw new StripeErrorException(400, "idempotency_error",
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                + $"Try using a key other than '{key}' if you meant to execute a different request.");
    }

    private static string Print(HttpRequest request)
    {
        var fields = request.HasFormContentType ? request.Form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}") : [];
        return $"{request.Method} {request.Path}{request.QueryString}\n{string.Join('\n', fields)}";
    }

    private bool Authorized(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header == $"Bearer {options.ApiKey}") return true;
        return header.StartsWith("Basic ", StringComparison.Ordinal)
            && header["Basic ".Length..] == Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{options.ApiKey}:"));
    }

    private static StripeErrorException ServerError() =>
        new(500, "api_error", "An unknown error occurred.");
}
