using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace IptCloud.Rounds.Bench;

/// <summary>
/// Asks for one page again and again from a process of its own, so that the figure of the measured one holds nothing of the
/// asking. It warms the page up and says so; for each line that it is given it then asks <c>count</c> times and answers with
/// the median time.
/// </summary>
internal static class PageVisitor
{
    /// <summary>The child.</summary>
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var url = new Uri(arguments.Text("url", ""));
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
        client.DefaultRequestHeaders.Add("Cookie", arguments.Text("cookie", ""));
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        for (var i = 0; i < arguments.Number("warm", 500); i++) await AskAsync(client, url);
        Console.WriteLine("warm");
        while (await Console.In.ReadLineAsync() is not null)
        {
            List<double> times = [];
            for (var i = 0; i < arguments.Number("count", 500); i++)
            {
                var started = TimeProvider.System.GetTimestamp();
                await AskAsync(client, url);
                times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine(times[times.Count / 2].ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    /// <summary>CPU of this process per request and the median time, both in milliseconds, in the quietest of some rounds: what others do on the machine can only add to them.</summary>
    public static async Task<(double Cpu, double Median)> MeasureAsync(Uri url, string cookie, int warm, int rounds, int count)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["get", "--url", url.ToString(), "--cookie", cookie, "--warm", $"{warm}", "--count", $"{count}"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        if (await child.StandardOutput.ReadLineAsync() is not "warm") throw new InvalidOperationException($"{url} was not answered.");
        using var me = Process.GetCurrentProcess();
        var best = (Cpu: double.MaxValue, Median: double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            me.Refresh();
            var before = me.TotalProcessorTime;
            await child.StandardInput.WriteLineAsync();
            var median = double.Parse(await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{url} was not answered."), CultureInfo.InvariantCulture);
            me.Refresh();
            var cpu = (me.TotalProcessorTime - before).TotalMilliseconds / count;
            best = (Math.Min(best.Cpu, cpu), Math.Min(best.Median, median));
        }

        child.StandardInput.Close();
        await child.WaitForExitAsync();
        return best;
    }

    private static async Task AskAsync(HttpClient client, Uri url)
    {
        using var answer = (await client.GetAsync(url)).EnsureSuccessStatusCode();
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{url} answered {answer.StatusCode}.");
        await answer.Content.ReadAsByteArrayAsync();
    }
}
