using System.Net;
using System.Text.RegularExpressions;
using IptCloud.Host.Browser;

namespace IptCloud.Host.Access;

/// <summary>A browser without script: keeps cookies, follows no redirect, sends a form as the page has it.</summary>
public sealed partial class Visitor(PortalSite site) : IDisposable
{
    private readonly HttpClient client = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, CheckCertificateRevocationList = true }) { BaseAddress = new(site.Url) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task<Answer> GetAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return await Answer.OfAsync(answer);
    }

    /// <summary>Opens a page and sends one of its forms.</summary>
    public async Task<Answer> SendAsync(string path, string form, params (string Field, string Value)[] fields) => await PostAsync(path, (await GetAsync(path)).Token, form, fields);

    /// <summary>Sends a form of a page opened before.</summary>
    public async Task<Answer> PostAsync(string path, string token, string form, params (string Field, string Value)[] fields)
    {
        Dictionary<string, string> all = new() { ["_handler"] = form, ["__RequestVerificationToken"] = token };
        foreach (var (field, value) in fields) all[field] = value;
        using FormUrlEncodedContent content = new(all);
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
        return await Answer.OfAsync(answer);
    }

    public Task<Answer> GivePasswordAsync(string email, string password = SiteClinic.Password) => SendAsync("/sign-in", "sign-in", ("Form.Email", email), ("Form.Password", password));

    public Task<Answer> GiveCodeAsync(string code) => SendAsync("/sign-in/code", "code", ("Form.Code", code));

    /// <summary>Signs in with both factors.</summary>
    public async Task<Visitor> SignInAsync(SiteMember member, string password = SiteClinic.Password)
    {
        Assert.StartsWith("/sign-in/code", (await GivePasswordAsync(member.Email, password)).To, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await GiveCodeAsync(await site.CodeAsync(member))).Status);
        return this;
    }

    /// <summary>Whether a page for members opens.</summary>
    public async Task<bool> IsInAsync() => (await GetAsync("/caseload")).Status == HttpStatusCode.OK;

    public void Dispose() => client.Dispose();

    public sealed partial record Answer(HttpStatusCode Status, string To, string Text, TimeSpan? RetryAfter, string Cookies)
    {
        public string Token => TokenField().Match(Text).Groups[1].Value;

        public static async Task<Answer> OfAsync(HttpResponseMessage answer)
        {
            var to = answer.Headers.Location is { } l ? (l.IsAbsoluteUri ? l.PathAndQuery : l.OriginalString) : "";
            return new(answer.StatusCode, to, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct)), answer.Headers.RetryAfter?.Delta, answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join('\n', cookies) : "");
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
        private static partial Regex TokenField();
    }
}
