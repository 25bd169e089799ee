using System.Diagnostics;
using IptCloud.Data.Billing;
using IptCloud.Stripe.Billing;
using IptCloud.StripeSimulator;
using IptCloud.Testing;

namespace IptCloud.Rounds.Seats;

/// <summary>
/// A process takes a seat and dies by its own SIGKILL, after its commit and before it calls Stripe, or after Stripe's answer
/// and before it has noted it; the next one goes on. Exit code 1 if anything was charged twice or a seat stayed unbilled.
/// </summary>
internal static class SeatKill
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rounds = arguments.Number("rounds", 20);
        using TempFolder folder = new();
        await using var database = arguments.Has("postgres") ? await PostgresDatabase.CreateAsync() : null;
        await using var stripe = await StripeSimulatorServer.StartAsync(new() { DatabaseFile = folder.File("stripe.db"), Url = new($"http://localhost:{FreePort.Next()}"), ApiKey = SeatSite.Key });
        var network = Guid.NewGuid();
        await using var site = SeatSite.Open(folder.Path, database?.ConnectionString, stripe.Url, network);
        await site.PrepareAsync();
        await site.FoundAsync();
        await site.Get<StripeCatalog>().EnsurePriceAsync();
        await site.Get<SeatBook>().SetAsync(site.Network, new(Domain.Networks.ActorKind.Member, new(network), Domain.Networks.Roles.Owner, []), Guid.NewGuid(), await site.SeatsAsync(), 0, 400);
        var first = Guid.NewGuid();
        await site.InviteAsync(first);
        await site.AcceptAsync(first);
        await SubscribeAsync(site);
        var before = (await stripe.ObjectsAsync("invoiceitem")).Count;
        var (changes, twice, unbilled) = (0, 0, 0);
        foreach (var moment in (string[])["before", "after"])
            for (var round = 1; round <= rounds; round++)
            {
                changes++;
                await DieAsync(folder.Path, database?.ConnectionString, stripe.Url, network, moment);
                await site.Get<SeatOrders>().RecoverAsync();
                await site.Provider.PushSeatsAsync(site.Network);
                await site.Provider.RefreshAsync(site.Network);
                var (granted, billed) = ((await site.SeatsAsync()).Granted, (await site.Get<Subscriptions>().FindAsync(site.Network))!.Billed);
                var check = await site.Get<SeatChecks>().CheckAsync(site.Network);
                if (granted != billed || check.Drift) unbilled++;
                twice = (await stripe.ObjectsAsync("invoiceitem")).Count - before - 2 * changes; // a credit for the old number and a charge for the new one
                Console.WriteLine($"{moment} Stripe's {(moment == "before" ? "call" : "answer")}, round {round}: {granted} granted, {billed} billed; charged twice so far {twice}, unbilled after the check {unbilled}");
                if (twice != 0 || unbilled != 0) break;
            }

        var clean = twice == 0 && unbilled == 0 && changes == 2 * rounds;
        Console.WriteLine(clean ? "clean" : "NOT CLEAN");
        return clean ? 0 : 1;
    }

    /// <summary>The process that dies.</summary>
    public static async Task<int> TakeSeatAsync(Arguments arguments)
    {
        var before = arguments.Text("moment", "before") == "before";
        await using var site = SeatSite.Open(arguments.Text("data", "."), Environment.GetEnvironmentVariable("IPTCLOUD_POSTGRES"), new(arguments.Text("stripe", "")), Guid.Parse(arguments.Text("network", "")), r => before && IsAboutSeats(r), r => !before && IsAboutSeats(r));
        var id = Guid.NewGuid();
        await site.InviteAsync(id);
        await site.AcceptAsync(id);
        await site.Provider.PushSeatsAsync(site.Network);
        return 1; // it should have died
    }

    private static bool IsAboutSeats(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Contains("subscription_items", StringComparison.Ordinal);

    private static async Task DieAsync(string folder, string? postgres, Uri stripe, Guid network, string moment)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(SeatKill).Assembly.Location);
        foreach (var argument in (string[])["take-seat", "--data", folder, "--stripe", stripe.ToString(), "--network", network.ToString(), "--moment", moment]) start.ArgumentList.Add(argument);
        if (postgres is not null) start.Environment["IPTCLOUD_POSTGRES"] = postgres;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 137) throw new InvalidOperationException($"The process ended with {process.ExitCode} instead of by SIGKILL.");
    }

    private static async Task SubscribeAsync(SeatSite site)
    {
        var page = await site.Provider.SubscribeAsync(site.Network, new("A network", "owner@example.org"), 1, null, Guid.NewGuid());
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false });
        using FormUrlEncodedContent form = new([new("action", "pay")]);
        using var answer = await browser.PostAsync(page.Address, form);
        await site.Provider.RefreshAsync(site.Network);
        await site.Provider.PushSeatsAsync(site.Network);
    }
}
