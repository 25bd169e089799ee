using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace IptCloud.Rounds.Chaos;

/// <summary>What a browser got.</summary>
/// <param name="Status">0: no answer at all.</param>
/// <param name="To">Where it is sent on to; empty if it is not.</param>
internal sealed record Page(int Status, string To, string Body)
{
    /// <summary>Anything that a person at work would call a failure: no answer, an error page, or being signed out.</summary>
    public bool IsFailed => Status is 0 or >= 400 || To.StartsWith("/sign-in?", StringComparison.Ordinal) || To == "/sign-in";

    /// <summary>Accepted: every form that was carried out leads on to another page.</summary>
    public bool IsDone => Status is 302 or 303 && !IsFailed;
}

/// <summary>One person's browser, at an address of its own, through nginx as people come.</summary>
internal sealed partial class Visitor : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BeforeAgain = TimeSpan.FromSeconds(2);
    private readonly HttpClient http;
    private readonly Tally tally;

    /// <param name="certificate">The only one that is believed: its SHA-256; null where the address is http.</param>
    public Visitor(Uri root, string? certificate, IPAddress own, Tally tally)
    {
        this.tally = tally;
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, theirs, _, _) => theirs?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256) == certificate },
            ConnectCallback = async (to, ct) =>
            {
                Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    socket.Bind(new IPEndPoint(own, 0));
                    await socket.ConnectAsync(IPAddress.Loopback, to.DnsEndPoint.Port, ct);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        })
        { BaseAddress = root, Timeout = Patience };
    }

    public Task<Page> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    /// <summary>Sends a form once.</summary>
    public Task<Page> PostAsync(string path, params IEnumerable<(string Field, string Value)> fields) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Field, f.Value))) });

    /// <summary>As people do: opens the page again, or sends the same form again, until somebody answers.</summary>
    public static async Task<Page> UntilAnsweredAsync(Func<Task<Page>> press, CancellationToken ct)
    {
        while (true)
        {
            var page = await press();
            if (!page.IsFailed) return page;
            await Task.Delay(BeforeAgain, TimeProvider.System, ct);
        }
    }

    /// <summary>The token that every form carries; it is the same on all pages of a sign-in.</summary>
    public static string TokenOf(Page page) => Token().Match(page.Body).Groups[1].Value;

    public void Dispose() => http.Dispose();

    private async Task<Page> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            var page = await AnswerAsync(request);
            tally.Count(request.Method.Method, request.RequestUri!.OriginalString, page);
            return page;
        }
    }

    private async Task<Page> AnswerAsync(HttpRequestMessage request)
    {
        try
        {
            using var answer = await http.SendAsync(request);
            var to = answer.Headers.Location is { IsAbsoluteUri: true, Scheme: "https" or "http" } absolute ? absolute.PathAndQuery : answer.Headers.Location?.OriginalString ?? "";
            return new((int)answer.StatusCode, to, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new(0, "", (e.InnerException ?? e).GetType().Name);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
