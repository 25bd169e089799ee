using System.Diagnostics;
using System.Globalization;
using IptCloud.Data.Courses;
using IptCloud.Data.Keys;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Rounds.Load;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IptCloud.Rounds.Bench;

/// <summary>
/// What a protection costs: the product against the same product without it, in one process, turn and turn about, so that
/// whatever else the machine does falls on both. CPU of the process for each append and each Course page; the ratio of each
/// round, and their median. A protection is added with a line in <see cref="Without"/>.
/// </summary>
internal static class OverheadBench
{
    private const double Most = 1.15;
    private const int Courses = 128;
    private const int Writers = 64;
    private const int Events = 200;

    /// <summary>What is measured, and what takes it out of the product.</summary>
    private static readonly Dictionary<string, Action<IServiceCollection>> Without = new()
    {
        ["encryption"] = s => s.AddSingleton<NetworkKeys, UnsealedKeys>(),
        ["row-security"] = _ => { }, // taken out of the database instead: see DropPoliciesAsync
    };

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var names = arguments.Text("of", arguments.Has("postgres") ? string.Join(',', Without.Keys) : "encryption").Split(',');
        if (names.FirstOrDefault(n => !Without.ContainsKey(n)) is { } unknown)
        {
            Console.WriteLine($"'{unknown}' is not one of {string.Join(", ", Without.Keys)}.");
            return 2;
        }

        if (names.Contains("row-security") && !arguments.Has("postgres"))
        {
            Console.WriteLine("Row-level security is PostgreSQL's: add --postgres.");
            return 2;
        }

        var within = true;
        foreach (var name in names) within &= await CompareAsync(name, arguments);
        return within ? 0 : 1;
    }

    private static async Task<bool> CompareAsync(string name, Arguments arguments)
    {
        var (rounds, seconds, requests) = (arguments.Number("rounds", 15), arguments.Number("seconds", 2), arguments.Number("requests", 60));
        using var folder = new TempFolder();
        await using var first = arguments.Has("postgres") ? await PostgresDatabase.CreateAsync() : null;
        await using var second = arguments.Has("postgres") ? await PostgresDatabase.CreateAsync() : null;
        await using var app = AppendBench.Build(folder.File("with"), first);
        await using var bare = AppendBench.Build(folder.File("without"), second, Without[name]);
        using var product = await PrepareAsync(app, arguments.Number("caseload", 0), first is not null);
        using var without = await PrepareAsync(bare, arguments.Number("caseload", 0), first is not null);
        if (name == "row-security") await DropPoliciesAsync(second!);
        foreach (var side in new[] { product, without }) // the JIT optimises what ran some ten thousand times
        {
            await AppendBench.MeasureAsync(side.AppendAsync, Writers, seconds * 2);
            await side.PagesAsync(requests * 2);
        }

        List<double> appends = [], pages = [], searches = [];
        for (var round = 1; round <= rounds; round++)
        {
            Dictionary<Side, (double Append, double Page)> cost = [];
            foreach (var side in round % 2 == 0 ? new[] { product, without } : [without, product])
                cost[side] = ((await AppendBench.MeasureAsync(side.AppendAsync, Writers, seconds, first is not null)).CpuMicroseconds, await side.PagesAsync(requests));
            appends.Add(cost[product].Append / cost[without].Append);
            pages.Add(cost[product].Page / cost[without].Page);
            if (arguments.Has("caseload")) searches.Add(await product.SearchAsync() / await without.SearchAsync());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, round {round}: append {cost[product].Append:N0} us with, {cost[without].Append:N0} us without, {appends[^1]:N2} : 1; Course page {cost[product].Page:N0} us with, {cost[without].Page:N0} us without, {pages[^1]:N2} : 1"));
        }

        await app.StopAsync();
        await bare.StopAsync();
        SqliteConnection.ClearAllPools();
        var (append, page) = (Median(appends), Median(pages));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} on {(first is null ? "SQLite" : "PostgreSQL")}: CPU per append {append:N2} : 1, per Course page {page:N2} : 1 (medians of {rounds} rounds; at most {Most} is wanted)"));
        if (arguments.Has("caseload"))
        {
            var (with, bareMs) = (await product.SearchAsync(), await without.SearchAsync());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"search by name in a caseload of {arguments.Number("caseload", 0):N0}: {with:N1} ms of CPU with, {bareMs:N1} ms without at the end, {Median(searches):N2} : 1 (median)"));
        }

        return append <= Most && page <= Most;
    }

    /// <summary>The same tables without a policy. The connection still says whose rows it is for: that is part of both sides.</summary>
    private static async Task DropPoliciesAsync(PostgresDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            do $$ declare t record; begin
              for t in select schemaname, tablename from pg_tables where rowsecurity loop
                execute format('alter table %I.%I no force row level security', t.schemaname, t.tablename);
                execute format('alter table %I.%I disable row level security', t.schemaname, t.tablename);
              end loop;
            end $$
            """;
        await command.ExecuteNonQueryAsync();
    }

    private static double Median(List<double> values) => values.Order().Skip((values.Count - 1) / 2).Take(2 - values.Count % 2).Average();

    private static async Task<Side> PrepareAsync(WebApplication app, int caseload, bool withPostgres)
    {
        // The caseload belongs to one more therapist.
        var site = await AppendBench.PrepareAsync(app, Courses + caseload, course => Math.Min(course, Courses));
        for (var n = 0; n < Events; n++) await site.DoAsync(0, 0, new ChooseFocus((FocusArea)(n % 4), "Chosen by the run"), $"page {n}");
        var url = new Uri(app.Urls.First());
        return new(app.Services, site, withPostgres, await PageBench.SignInAsync(url, await PageBench.UserAsync(app.Services, 0), PageBench.Password));
    }

    private sealed class Side(IServiceProvider services, Site site, bool withPostgres, HttpClient client) : IDisposable
    {
        /// <summary>Course 0 keeps its length: it is the one that is shown.</summary>
        public Task AppendAsync(int course) => course % Courses == 0 ? AppendBench.ChooseAsync(site, 1) : AppendBench.ChooseAsync(site, course % Courses);

        public async Task<double> PagesAsync(int requests)
        {
            var before = Cpu.Spent(withPostgres);
            for (var i = 0; i < requests; i++) await client.GetByteArrayAsync(new Uri($"/courses/{Site.Course(0).Course}", UriKind.Relative));
            return (Cpu.Spent(withPostgres) - before).TotalMicroseconds / requests;
        }

        /// <summary>CPU in milliseconds of one search that finds a few.</summary>
        public async Task<double> SearchAsync()
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            for (var i = 0; i < 20; i++) await services.GetRequiredService<Caseload>().PageAsync(Site.Network, Site.Me(Courses), new("Sample 19"));
            process.Refresh();
            return (process.TotalProcessorTime - before).TotalMilliseconds / 20;
        }

        public void Dispose() => client.Dispose();
    }
}
