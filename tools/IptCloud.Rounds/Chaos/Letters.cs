using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using IptCloud.Testing;
using MimeKit;

namespace IptCloud.Rounds.Chaos;

/// <summary>Every letter that a mail server has taken, and what clients do with theirs.</summary>
internal sealed partial class Letters(SmtpSink sink, Ledger ledger, Func<Visitor> phone)
{
    private readonly ConcurrentDictionary<string, int> ids = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> arrived = new();

    /// <summary>Letters, each message counted once.</summary>
    public int Count => ids.Count;

    /// <summary>Messages that came more than once.</summary>
    public int Twice => ids.Values.Count(n => n > 1);

    public async Task ReadAsync(CancellationToken ct)
    {
        var seen = 0;
        while (!ct.IsCancellationRequested)
        {
            foreach (var letter in (await sink.MessagesAsync(ct)).Skip(seen))
            {
                seen++;
                await TakeAsync(letter, ct);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, ct);
        }
    }

    /// <summary>Of the clients booked since an instant: the longest time from booking to letter, and how many have none yet.</summary>
    public (TimeSpan Longest, int Missing) Waits(DateTimeOffset since)
    {
        var booked = ledger.Booked.Where(b => b.Value.At >= since).ToList();
        var longest = booked.Where(b => arrived.ContainsKey(b.Key)).Select(b => arrived[b.Key] - b.Value.At).DefaultIfEmpty().Max();
        return (longest, booked.Count(b => !arrived.ContainsKey(b.Key)));
    }

    private async Task TakeAsync(SmtpMessage letter, CancellationToken ct)
    {
        using var mime = await MimeMessage.LoadAsync(letter.File, ct);
        ids.AddOrUpdate(mime.MessageId ?? "none", 1, (_, n) => n + 1);
        var to = mime.To.Mailboxes.First().Address;
        arrived.TryAdd(to, TimeProvider.System.GetUtcNow());
        if (Link().Match(mime.TextBody ?? "") is { Success: true } link)
            _ = new Client(phone(), to, ledger.Booked.GetValueOrDefault(to), ledger).FollowAsync(link.Value, ct);
    }

    [GeneratedRegex("/l/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
