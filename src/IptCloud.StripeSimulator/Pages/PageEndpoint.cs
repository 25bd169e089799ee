using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Api;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;
using Microsoft.AspNetCore.Http;

namespace IptCloud.StripeSimulator.Pages;

/// <summary>What people see: Checkout, portal, invoices, and the developer's page.</summary>
internal sealed class PageEndpoint(SimulatorStore store, StripeSimulatorServer server)
{
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        if (request.Path == "/simulator.css")
        {
            response.ContentType = "text/css; charset=utf-8";
            await response.WriteAsync(StyleSheet);
            return;
        }

        if (request.Method is not ("GET" or "HEAD" or "POST"))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        if (request.Method == "POST" && !OfOwnOrigin(request))
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var form = request.HasFormContentType ? FormTree.Of(await request.ReadFormAsync()) : [];
        await AnswerAsync(response, await RouteAsync(request, form));
    }

    private async Task<PageAnswer> RouteAsync(HttpRequest request, JsonObject form)
    {
        var parts = request.Path.Value!.Trim('/').Split('/');
        var posts = request.Method == "POST";
        switch (parts)
        {
            case [""]:
                return await store.RunAsync(work => IndexPage.Show(work, server.Faults));
            case ["c", var id]:
                return await store.RunAsync(work => Guarded(work, () => posts ? CheckoutPage.Post(work, id, form) : CheckoutPage.Show(work, id)));
            case ["p", var id]:
                return await store.RunAsync(work => Guarded(work, () => posts ? PortalPage.Post(work, id, form) : PortalPage.Show(work, id)));
            case ["i", var id]:
                return await store.RunAsync(work => Guarded(work, () => posts ? InvoicePage.Post(work, id, form) : InvoicePage.Show(work, id)));
            case ["_sim", var what] when posts:
                return await ControlAsync(what, form);
            default:
                return PageAnswer.Missing;
        }
    }

    /// <summary>Pages carry out what is due first, so that nothing old is shown.</summary>
    private static PageAnswer Guarded(Work work, Func<PageAnswer> show)
    {
        Cycle.Run(work, null, work.Now());
        try
        {
            return show();
        }
        catch (StripeErrorException error) when (error.Status == 404)
        {
            return PageAnswer.Missing;
        }
    }

    private async Task<PageAnswer> ControlAsync(string what, JsonObject form)
    {
        switch (what)
        {
            case "advance" when long.TryParse(form.Text("seconds"), out var seconds) && seconds is >= 0 and < 100_000_000:
                await server.AdvanceAsync(TimeSpan.FromSeconds(seconds));
                break;
            case "decline":
                await server.DeclineCardsAsync(form.Text("customer") ?? "", form.Text("declined") is "1" or "true");
                break;
            case "faults":
                FaultForm.Apply(server.Faults, form);
                break;
            default:
                return new PageAnswer(Html.Page("Not understood", "<p>The form was not understood.</p>"), 400);
        }

        return PageAnswer.Go("/");
    }

    private static async Task AnswerAsync(HttpResponse response, PageAnswer answer)
    {
        var leaves = answer.Leaves.OfType<string>().Select(OriginOf).OfType<string>().Distinct();
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; form-action {string.Join(' ', leaves.Prepend("'self'"))}; frame-ancestors 'none'; base-uri 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        // Without a referrer at all, browsers would not tell the origin of a form either.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.StatusCode = answer.Status;
        if (answer.Location is { } location) response.Headers.Location = location;
        if (answer.Body is null) return;
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(answer.Body);
    }

    private static string? OriginOf(string address) =>
        Uri.TryCreate(address.Replace("{CHECKOUT_SESSION_ID}", "", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri.GetLeftPart(UriPartial.Authority) : null;

    private static bool OfOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"http://{request.Host}";
    }

    private static string StyleSheet { get; } = Load();

    private static string Load()
    {
        using var reader = new StreamReader(typeof(PageEndpoint).Assembly.GetManifestResourceStream("simulator.css")!);
        return reader.ReadToEnd();
    }
}
