using System.Globalization;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Access;

/// <summary>What is said about an attempt that failed.</summary>
internal static class SignInWords
{
    /// <summary>The refusal; if it was one attempt too many, when to try again, also as status and header.</summary>
    public static string Of(SignInAnswer answer, HttpContext http, string refusal)
    {
        if (answer.Wait is not { } wait) return refusal;
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return $"Too many attempts. Try again in {ElapsedTime.Words(wait + TimeSpan.FromMinutes(1))}.";
    }
}
