using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal;

/// <summary>Keeps what a person typed when the form that carried it is turned away, so that the error page can give it back.</summary>
internal static class TypedText
{
    private static readonly object Key = new();

    /// <summary>Remembers the texts of the request's form. A form sent from elsewhere is not repeated here.</summary>
    public static async Task KeepAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.Headers["Sec-Fetch-Site"] is [not "same-origin"]) return;
        // The form of a request with an invalid token cannot be read; showing it to whoever sent it is not acting on it.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            http.Items[Key] = form.Where(f => IsTyped(f.Key)).SelectMany(f => f.Value).Where(v => v?.Length > 2 && !Guid.TryParse(v, out _)).Select(v => v!).ToList();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or BadHttpRequestException)
        {
            // Nothing readable was sent.
        }
    }

    /// <summary>What was kept.</summary>
    public static IReadOnlyList<string> Of(HttpContext http) => http.Items[Key] as IReadOnlyList<string> ?? [];

    private static bool IsTyped(string field) => !field.StartsWith('_') && !field.Contains("password", StringComparison.OrdinalIgnoreCase);
}
