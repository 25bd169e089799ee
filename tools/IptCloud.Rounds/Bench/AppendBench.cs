using System.Globalization;
using IptCloud.Data.Journal;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Host;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Rounds.Load;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Bench;

/// <summary>
/// The same commands on the same grains, once with group commit and once with EF Core behind them, and bare single inserts,
/// in one run. Compare the ratios; absolute rates depend on the machine and on who else uses it.
/// </summary>
internal static class AppendBench
{
    private const int Courses = 512;
    private const int Writers = 64;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (warm, seconds) = (arguments.Number("warm", 10), arguments.Number("seconds", 10));
        using var folder = new TempFolder();
        await using var database = arguments.Has("postgres") ? await PostgresDatabase.CreateAsync() : null;
        await using var other = arguments.Has("postgres") ? await PostgresDatabase.CreateAsync() : null;
        await using var app = Build(folder.File("grain"), database);
        await using var baseline = Build(folder.File("ef"), other, s => s.AddSingleton<ICourseJournal, EfCourseJournal>());
        var site = await PrepareAsync(app);
        var twin = await PrepareAsync(baseline);
        using var bare = database is null ? new BareInsert(folder.File("bare.db")) : null;

        List<(string Name, Func<int, Task> Act, int Writers)> ways = [("grain, group commit", c => ChooseAsync(site, c), Writers), ("grain, EF Core SaveChanges", c => ChooseAsync(twin, c), Writers)];
        if (bare is not null) ways.Add(("bare SQLite insert, one connection", bare.InsertAsync, 1));
        foreach (var way in ways) await MeasureAsync(way.Act, way.Writers, warm); // the JIT optimises what ran some ten thousand times
        List<(string Name, double Rate, double Cpu)> results = [];
        foreach (var way in ways)
        {
            var (rate, cpu) = await MeasureAsync(way.Act, way.Writers, seconds);
            results.Add((way.Name, rate, cpu));
        }

        Console.WriteLine($"{(database is null ? "SQLite, synchronous=FULL" : "PostgreSQL (CPU of this process only)")}; {Writers} writers, {Courses} courses, {warm} s warm-up and {seconds} s each");
        foreach (var r in results) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{r.Name,-36} {r.Rate,9:N0} /s  {r.Cpu,7:N0} us CPU  rate {results[0].Rate / r.Rate,5:N1} : 1  CPU 1 : {r.Cpu / results[0].Cpu:N1}"));
        await ActivationAsync(app.Services, site);
        await baseline.StopAsync();
        await app.StopAsync();
        SqliteConnection.ClearAllPools();
        return 0;
    }

    /// <param name="database">Two such hosts share one server, which admits 100 connections.</param>
    public static WebApplication Build(string folder, PostgresDatabase? database, Action<IServiceCollection>? alter = null)
    {
        Directory.CreateDirectory(folder);
        return Serve.Build(Launch.Parse(["--data", folder, "--url", $"http://localhost:{FreePort.Next()}", "--no-demo"], name => name == "IPTCLOUD_POSTGRES" && database is not null ? database.ConnectionString + ";Maximum Pool Size=6" : null), alter);
    }

    public static async Task<Site> PrepareAsync(WebApplication app, int courses = Courses, Func<int, int>? therapistOf = null)
    {
        await Schema.MigrateAsync(app.Services);
        await app.StartAsync();
        var site = new Site(app.Services);
        await site.PrepareAsync(courses, therapistOf);
        return site;
    }

    public static Task ChooseAsync(Site site, int course)
    {
        var n = Interlocked.Increment(ref occasions);
        return site.DoAsync(course, course, new ChooseFocus((FocusArea)(n % 4), "Chosen by the run"), $"{n}");
    }

    private static int occasions;

    public static async Task<(double Rate, double CpuMicroseconds)> MeasureAsync(Func<int, Task> act, int writers, int seconds, bool withPostgres = false)
    {
        long done = 0;
        var before = Cpu.Spent(withPostgres);
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var n = 0; TimeProvider.System.GetElapsedTime(started).TotalSeconds < seconds; n++)
            {
                await act((w + n * writers) % Courses);
                Interlocked.Increment(ref done);
            }
        })));
        var took = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return (done / took, (Cpu.Spent(withPostgres) - before).TotalMicroseconds / done);
    }

    /// <summary>A course of 200 events, answered by a fresh activation.</summary>
    private static async Task ActivationAsync(IServiceProvider services, Site site)
    {
        var course = Site.Course(0);
        await using (var db = await services.GetRequiredService<Databases>().ReadAsync(Site.Network))
        {
            var count = await db.Journal.CountAsync(j => j.StreamId == course.Course.Value);
            for (; count < 200; count++) await site.DoAsync(0, 0, new ChooseFocus((FocusArea)(count % 4), "Chosen by the run"), $"fill {count}");
        }

        var journal = services.GetRequiredService<ICourseJournal>();
        List<double> times = [];
        var events = 0;
        for (var i = 0; i < 200; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var read = await journal.ReadAsync(course, 0);
            var state = read.Take(200).Aggregate(CourseState.Empty, (s, e) => s.Apply(e.Event, e.Meta));
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            events = read.Length;
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"replay of a course of {events} events from the journal: {times[times.Count / 2]:N2} ms median, {times[^2]:N2} ms worst but one"));
    }
}
