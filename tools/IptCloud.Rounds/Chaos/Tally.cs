using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IptCloud.Rounds.Chaos;

/// <summary>How many requests were answered, and how the others failed. Each failure goes to a file with its time.</summary>
internal sealed partial class Tally(TextWriter log)
{
    private readonly ConcurrentDictionary<string, int> failures = new();
    private int requests;
    private int failed;

    public (int Requests, int Failed) Now => (Volatile.Read(ref requests), Volatile.Read(ref failed));

    /// <summary>The kinds of failure since the last call, most frequent first.</summary>
    public string TakeFailures()
    {
        var seen = failures.ToArray();
        failures.Clear();
        return string.Join("; ", seen.OrderByDescending(f => f.Value).Take(6).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Value} x {f.Key}")));
    }

    public void Count(string method, string path, Page page)
    {
        Interlocked.Increment(ref requests);
        if (!page.IsFailed) return;
        Interlocked.Increment(ref failed);
        // Whose page it was: the portal's own words, nginx's, or none.
        var what = $"{method} {page.Status} {(page.Status == 0 ? page.Body : page.To.Length > 0 ? page.To : TitleTag().Match(page.Body) is { Success: true } t ? t.Groups[1].Value : page.Body.Length.ToString(CultureInfo.InvariantCulture))}";
        failures.AddOrUpdate(what, 1, (_, n) => n + 1);
        lock (log) log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {what} {(path.StartsWith("/l/", StringComparison.Ordinal) ? "/l" : path)}"));
    }

    [GeneratedRegex("<title>([^<]*)")]
    private static partial Regex TitleTag();
}
