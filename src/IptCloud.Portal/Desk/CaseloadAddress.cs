using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace IptCloud.Portal.Desk;

/// <summary>Which page of which caseload: what stands in the address.</summary>
/// <param name="Find">The sealed search text; see <see cref="SearchSeal"/>.</param>
/// <param name="For">An absent colleague, for a deputy.</param>
public sealed record CaseloadAddress(int Page, bool Ended, bool Clinics, string? Find, string? For = null)
{
    /// <summary>The address itself.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        if (Ended) parts.Add("ended=true");
        if (Clinics) parts.Add("clinics=true");
        if (For is not null) parts.Add("for=" + For);
        if (Find is not null) parts.Add("find=" + Find);
        if (Page > 1) parts.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"page={Page}"));
        return parts.Count == 0 ? "/caseload" : "/caseload?" + string.Join('&', parts);
    }
}

/// <summary>A search text is part of a client's name. It stands sealed in the address, so that no history or log learns a name, and back and page links still work.</summary>
internal sealed class SearchSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("caseload.search");

    /// <summary>Null for an empty text.</summary>
    public string? Seal(string? text) => string.IsNullOrWhiteSpace(text) ? null : WebEncoders.Base64UrlEncode(protector.Protect(Encoding.UTF8.GetBytes(text.Trim()[..Math.Min(100, text.Trim().Length)])));

    /// <summary>Null for what this portal has not sealed.</summary>
    public string? Open(string? find)
    {
        if (string.IsNullOrEmpty(find)) return null;
        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(find)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
