using IptCloud.Data.Networks;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Access;

/// <summary>
/// Every form's token says for which network the page was made. Whoever has changed the network in another tab meanwhile must
/// not file one network's text in the other (409).
/// </summary>
internal sealed class FormNetwork : IAntiforgeryAdditionalDataProvider
{
    private static readonly object Key = new();

    public string GetAdditionalData(HttpContext context) => SignInClaims.NetworkOf(context.User)?.ToString() ?? "";

    public bool ValidateAdditionalData(HttpContext context, string additionalData)
    {
        var now = GetAdditionalData(context);
        if (additionalData.Length == 0 || additionalData == now) return true;
        // These change the network or leave it; they file nothing.
        if (context.Request.Path == "/sign-out" || context.Request.Path == "/sign-in/network" || context.Request.Path == "/api/lock") return true;
        context.Items[Key] = additionalData;
        return false;
    }

    /// <summary>The words for a form of another network; null if that is not what was wrong.</summary>
    public static async Task<ErrorWords?> RefusalAsync(HttpContext http)
    {
        if (http.Items[Key] is not string made || SignInClaims.UserOf(http.User) is not { } user) return null;
        var directory = http.RequestServices.GetRequiredService<NetworkDirectory>();
        async Task<string?> NameAsync(string? id) =>
            Domain.Identifiers.TypedId.TryParse<Domain.Identifiers.NetworkId>(id, out var network) ? (await directory.MembershipAsync(user, network))?.NetworkName : null;
        var words = ErrorWords.OtherNetwork(await NameAsync(made), await NameAsync(SignInClaims.NetworkOf(http.User)?.ToString()));
        http.Items[typeof(ErrorWords)] = words;
        return words;
    }
}
