using System.Globalization;
using System.Text.RegularExpressions;

namespace IptCloud.Rounds.Chaos;

/// <summary>A client on a phone: opens the link of a letter and does whatever is behind it, to the end.</summary>
internal sealed partial class Client(Visitor phone, string address, Booking? booking, Ledger ledger)
{
    private const int SafetyQuestion = 9;

    public async Task FollowAsync(string link, CancellationToken ct)
    {
        using (phone)
        {
            var page = await Visitor.UntilAnsweredAsync(() => phone.GetAsync(link), ct);
            // A letter that only reminds leads to nothing.
            if (page.Status != 200 || !page.Body.Contains("value=\"start\"", StringComparison.Ordinal)) return;
            var next = await SendAsync(link, page, ct, ("_handler", "start"));
            while (!ct.IsCancellationRequested && next.Length > 0 && !next.EndsWith("/done", StringComparison.Ordinal))
            {
                page = await Visitor.UntilAnsweredAsync(() => phone.GetAsync(next), ct);
                next = page.Status != 200 ? page.To : await StepAsync(next, page, ct);
            }
        }
    }

    private async Task<string> StepAsync(string path, Page page, CancellationToken ct)
    {
        if (path.EndsWith("/check", StringComparison.Ordinal)) return await SendAsync(path, page, ct, ("_handler", "submit"));
        if (path.Contains("/task/", StringComparison.Ordinal)) return await SendAsync(path, page, ct, ("_handler", "task"), ("answer", "Did"), ("text", ""));
        if (!path.Contains("/q/", StringComparison.Ordinal)) return "";
        var question = int.Parse(Number().Match(path).Groups[1].Value, CultureInfo.InvariantCulture);
        // One in sixteen says that they have thought of death: an alert, and letters to staff.
        var value = question == SafetyQuestion ? address.Sum(c => c) % 16 == 0 ? 1 : 0 : (question + address.Length) % 4;
        return await SendAsync(path, page, ct, ("_handler", "answer"), ("answer", value.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Sends the form until it is answered; where it leads on to, or nothing if it was refused.</summary>
    private async Task<string> SendAsync(string path, Page page, CancellationToken ct, params (string Field, string Value)[] fields)
    {
        var form = Command().Match(page.Body).Groups[1].Value;
        var answer = await Visitor.UntilAnsweredAsync(() => phone.PostAsync(path, [("__RequestVerificationToken", Visitor.TokenOf(page)), ("command", form), .. fields]), ct);
        if (!answer.IsDone) return "";
        if (booking is not null && path.Contains("/q/", StringComparison.Ordinal)) ledger.Add(booking, int.Parse(Number().Match(path).Groups[1].Value, CultureInfo.InvariantCulture), fields[^1].Value);
        return answer.To;
    }

    [GeneratedRegex("/q/([0-9]+)")]
    private static partial Regex Number();

    [GeneratedRegex("name=\"command\" value=\"([^\"]+)\"")]
    private static partial Regex Command();
}
