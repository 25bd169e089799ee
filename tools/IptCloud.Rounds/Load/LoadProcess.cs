using IptCloud.Contracts.Time;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;
using IptCloud.Host;
using IptCloud.Host.Storage;
using IptCloud.Host.Time;
using IptCloud.Host.Verbs;
using IptCloud.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IptCloud.Rounds.Load;

/// <summary>
/// The process that gets killed: the whole product, under load from inside. Every acknowledged command is written to
/// standard output, course and id, after the grain's answer and not before.
/// </summary>
internal static class LoadProcess
{
    public const int Courses = 128;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var launch = Launch.Parse(["--data", arguments.Text("data", "."), "--url", arguments.Text("url", "http://localhost:5999"), "--no-demo"], Environment.GetEnvironmentVariable);
        await using var app = Serve.Build(launch);
        await Schema.MigrateAsync(app.Services);
        await StartClockAsync(app.Services, arguments.Number("speed", 40_000));
        await app.StartAsync();
        var site = new Site(app.Services);
        await site.PrepareAsync(Courses);
        var output = TextWriter.Synchronized(Console.Out);
        await output.WriteLineAsync("ready");
        var clock = app.Services.GetRequiredKeyedService<TimeProvider>(ClinicClock.Key);
        var (writers, pause) = (arguments.Number("writers", 64), TimeSpan.FromMilliseconds(arguments.Number("pause", 0)));
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            await Task.Yield();
            for (var n = 0; ; n++)
            {
                await WriteAsync(site, (writer + n * writers) % Courses, n * writers / Courses, $"{arguments.Text("round", "0")}/{writer}/{n}", clock, output);
                if (pause > TimeSpan.Zero) await Task.Delay(pause, TimeProvider.System);
            }
        }));
        return 0;
    }

    /// <summary>At 40,000 a day in two seconds, so that prompts fall due while the run lasts, but no faster than deliveries can follow; never behind what an earlier round recorded.</summary>
    private static async Task StartClockAsync(IServiceProvider services, int speed)
    {
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(Site.Network);
        var clock = services.GetRequiredService<ClinicTimeProvider>();
        if (await db.Journal.MaxAsync(j => (DateTimeOffset?)j.RecordedAt) is { } last) clock.Release(last);
        clock.SetSpeed(speed);
        // The only worker there is, whose clock runs fast; the database's does not, and nothing would fall due by it.
        services.GetRequiredService<IOptions<WorkerOptions>>().Value.UsesDatabaseClock = false;
    }

    /// <summary>Choices of focus, homework with a prompt, holds and resumptions. A writer has its courses to itself, so its commands do not race.</summary>
    private static async Task WriteAsync(Site site, int course, int visit, string occasion, TimeProvider clock, TextWriter output)
    {
        try
        {
            var (id, result) = await site.DoAsync(course, course, Next(visit, occasion, course, clock), occasion);
            if (result.IsAccepted) await output.WriteLineAsync($"ack {Site.Course(course).Course} {id}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // An outage (a killed database): not acknowledged, so nothing is claimed. Go on; the run is judged by its acknowledgements.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
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
