using Microsoft.Extensions.DependencyInjection;
using System.Globalization;
using IptCloud.Contracts.Time;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;
using IptCloud.Data.Storage;
using IptCloud.Host;
using IptCloud.Host.Storage;
using IptCloud.Host.Time;
using IptCloud.Host.Verbs;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Rounds.Load;

/// <summary>
/// The process that gets killed: the whole product, under load from inside. Every acknowledged command is written to
/// standard output, course and id, after the grain's answer and not before.
/// </summary>
internal static class LoadProcess
{
    public const int Courses = 128;
    private const int Writers = 64;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var launch = Launch.Parse(["--data", arguments.Text("data", "."), "--url", arguments.Text("url", "http://localhost:5999"), "--no-demo"], Environment.GetEnvironmentVariable);
        await using var app = Serve.Build(launch);
        await Schema.MigrateAsync(app.Services);
        await StartClockAsync(app.Services);
        await app.StartAsync();
        var site = new Site(app.Services);
        await site.PrepareAsync(Courses);
        var output = TextWriter.Synchronized(Console.Out);
        await output.WriteLineAsync("ready");
        var clock = app.Services.GetRequiredKeyedService<TimeProvider>(ClinicClock.Key);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(site, w, clock, arguments.Text("round", "0"), output))));
        return 0;
    }

    /// <summary>A day in two seconds, so that prompts fall due while the run lasts; never behind what an earlier round recorded.</summary>
    private static async Task StartClockAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<IptCloudDb>>().CreateDbContextAsync();
        var clock = services.GetRequiredService<ClinicTimeProvider>();
        if (await db.Journal.MaxAsync(j => (DateTimeOffset?)j.RecordedAt) is { } last) clock.Release(last);
        clock.SetSpeed(40_000);
    }

    /// <summary>Choices of focus, homework with a prompt, holds and resumptions. A writer has two courses to itself, so its commands do not race.</summary>
    private static async Task WriteAsync(Site site, int writer, TimeProvider clock, string round, TextWriter output)
    {
        for (var n = 0; ; n++)
        {
            var course = (writer + n * Writers) % Courses;
            var occasion = string.Create(CultureInfo.InvariantCulture, $"{round}/{writer}/{n}");
            try
            {
                var (id, result) = await site.DoAsync(course, course, Next(n / 2, occasion, course, clock), occasion);
                if (result.IsAccepted) await output.WriteLineAsync($"ack {Site.Course(course).Course} {id}");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // An outage (a killed database): not acknowledged, so nothing is claimed. Go on; the run is judged by its acknowledgements.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    private static CourseCommand Next(int visit, string occasion, int course, TimeProvider clock) => (visit % 64) switch
    {
        3 => new SetHomework(TypedId.Derive<HomeworkId>(Site.Course(course).Course.Value, occasion), null, "Diary", "Write three lines", DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1), true),
        62 when visit % 640 > 576 => new HoldCourse(occasion),
        63 when visit % 640 > 576 => new ResumeCourse(),
        _ => new ChooseFocus((FocusArea)(visit % 4), occasion),
    };
}
