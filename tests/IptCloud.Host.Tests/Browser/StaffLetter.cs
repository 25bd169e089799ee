using System.Text.RegularExpressions;

namespace IptCloud.Host.Browser;

/// <summary>The link of a letter to staff.</summary>
internal static partial class StaffLetter
{
    public static async Task<string> LinkAsync(PortalSite site, string to) =>
        Link().Match((await site.NextLetterAsync(to)).Text) is { Success: true } link ? link.Value : throw new InvalidOperationException("The letter has no link.");

    [GeneratedRegex(@"http://localhost:\d+/t/\S+")]
    private static partial Regex Link();
}
