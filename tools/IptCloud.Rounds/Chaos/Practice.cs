using System.Globalization;
using System.Net;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Networks;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Time;
using IptCloud.Host;
using IptCloud.Host.Verbs;
using IptCloud.Rounds.Bench;
using IptCloud.Rounds.Load;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Chaos;

/// <summary>The people and courses of a run: each therapist with a course whose session begins now, and the clients who get letters.</summary>
internal sealed class Practice(Uri root, string? certificate, Tally tally, Ledger ledger)
{
    public const string Zone = "Europe/London"; // Site's clinic
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);
    private readonly string run = TimeProvider.System.GetUtcNow().ToString("HHmmss", CultureInfo.InvariantCulture);
    private int phones;

    public IReadOnlyList<Therapist> Therapists { get; private set; } = [];

    /// <summary>Makes them where they are missing, past the pages, and books a session for each that begins in two minutes.</summary>
    /// <param name="launch">A process that takes part in the installation for so long.</param>
    public async Task SeedAsync(Launch launch, int courses)
    {
        await using var app = Serve.Build(launch);
        if (launch.IsEmbedded) await Host.Storage.Schema.MigrateAsync(app.Services);
        await app.StartAsync();
        var site = new Site(app.Services);
        await AgainAsync(async () =>
        {
            await site.PrepareAsync(courses);
            return true;
        });
        await Parallel.ForAsync(0, courses, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, ct) =>
        {
            await using var scope = app.Services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>().FindByIdAsync(Site.User(i).ToString()) is null) await PageBench.UserAsync(app.Services, i);
        });
        var begins = LocalTime.ToLocal(TimeProvider.System.GetUtcNow() + Ahead, Zone);
        begins = begins.Date.AddHours(begins.Hour).AddMinutes(begins.Minute);
        var held = new Booking[courses];
        await Parallel.ForAsync(0, courses, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, ct) => held[i] = await BookAsync(site, i, begins));
        await app.StopAsync();
        // 100 therapists from 127.1.0.0 on, clients from 127.2.0.0 on: each at an address of their own, as outside.
        Therapists = [.. Enumerable.Range(0, courses).Select(i => new Therapist(i, held[i], run, new(root, certificate, AddressOf(1, i), tally), ledger))];
    }

    /// <summary>The browser of another client.</summary>
    public Visitor Phone() => new(root, certificate, AddressOf(2, Interlocked.Increment(ref phones)), tally);

    /// <summary>Signs everybody in, then lets them work.</summary>
    public async Task<Task> WorkAsync(TimeSpan pause, CancellationToken ct)
    {
        await Parallel.ForEachAsync(Therapists, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (t, stop) => await t.SignInAsync(stop));
        return Task.WhenAll(Therapists.Select(t => t.WorkAsync(pause, ct)));
    }

    /// <returns>The session, and when it begins: beside one of an earlier run the next place is taken.</returns>
    private async Task<Booking> BookAsync(Site site, int i, DateTime begins)
    {
        var course = Site.Course(i).Course;
        var session = TypedId.Derive<SessionId>(course.Value, run);
        for (var later = 0; later < 120; later += 15)
        {
            if (!await AgainAsync(async () => (await site.DoAsync(i, i, new BookSeries(TypedId.Derive<SeriesId>(course.Value, run), [session], begins.AddMinutes(later), 15), $"{run}/{later}")).Result.IsAccepted)) continue;
            ledger.Booked[$"sam{i}@example.org"] = new(TimeProvider.System.GetUtcNow(), course, session);
            return new(LocalTime.ToInstant(begins.AddMinutes(later), Zone), course, session);
        }

        throw new InvalidOperationException($"No session could be booked for course {i}: too many runs on this folder? Name another.");
    }

    /// <summary>Processes that have only just started may take longer than a call waits.</summary>
    private static async Task<bool> AgainAsync(Func<Task<bool>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (CourseCalling.IsUnanswered(e))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
        }
    }

    private static IPAddress AddressOf(byte net, int n) => new([127, net, (byte)(n / 250), (byte)(n % 250 + 1)]);
}
