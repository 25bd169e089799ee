using System.Collections.Immutable;
using System.Text.Json;
using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Contracts.Time;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Grains.Courses;
using IptCloud.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IptCloud.Grains.Tests;

/// <summary>A real silo over a real database, with a clinic whose clock the test moves.</summary>
public sealed class ClinicSite : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private readonly IAsyncDisposable[] rest;

    private ClinicSite(IHost host, FakeTimeProvider clock, params IAsyncDisposable[] rest) => (Host, Clock, this.rest) = (host, clock, rest);

    public IHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public NetworkId Network { get; } = new(Guid.NewGuid());

    public ClinicId Clinic { get; } = new(Guid.NewGuid());

    public MemberId Therapist { get; } = new(Guid.NewGuid());

    public MemberId Lead { get; } = new(Guid.NewGuid());

    public Actor Me => Actor.Of(Therapist, Roles.Therapist, Clinic);

    public T Get<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    /// <param name="more">Further parts, or others in place of some.</param>
    public static async Task<ClinicSite> OnSqliteAsync(Action<IServiceCollection>? more = null)
    {
        var folder = new TempFolder();
        return await StartAsync(
            s =>
            {
                s.AddSqliteData(folder.File("test.db"));
                more?.Invoke(s);
            },
            new Closing(folder));
    }

    public static async Task<ClinicSite> OnPostgresAsync(CancellationToken ct)
    {
        var database = await PostgresDatabase.CreateAsync(ct);
        var folder = new TempFolder();
        return await StartAsync(s => s.AddPostgresData(database.ConnectionString, folder.File("master.key")), database, new Closing(folder));
    }

    public CourseKey NewCourse() => new(Network, new(Guid.NewGuid()));

    public ICourseGrain Course(CourseKey key)
    {
        RequestNetwork.Set(Network);
        return Get<IGrainFactory>().GetGrain<ICourseGrain>(key.ToString());
    }

    public Task<CommandResult> DoAsync(CourseKey key, CourseCommand command, Actor? actor = null, CommandId? id = null) =>
        Course(key).ExecuteAsync(new(id ?? new(Guid.NewGuid()), actor ?? Me, command));

    public async Task MustAsync(CourseKey key, CourseCommand command, Actor? actor = null)
    {
        var result = await DoAsync(key, command, actor);
        Assert.True(result.IsAccepted, string.Join("; ", result.Refusals.Select(r => $"{r.Code}: {r.Text}")));
    }

    /// <summary>A started course of a client with a record.</summary>
    public async Task<CourseKey> StartCourseAsync()
    {
        var client = new ClientId(Guid.NewGuid());
        await Get<ClientRecords>().AddAsync(Network, client, new("Sam", "Sample", "Europe/London", "en-GB", "sam@example.org", true, null, false, true));
        var key = NewCourse();
        await MustAsync(key, new ReferCourse(client, Therapist, Clinic, "ipt-16", 1, "Low mood since the move"));
        await MustAsync(key, new StartCourse());
        return key;
    }

    /// <summary>Books a series that no other course of this site has.</summary>
    public async Task<ImmutableArray<SessionId>> BookAsync(CourseKey key, DateTime local, int count)
    {
        ImmutableArray<SessionId> ids = [.. Enumerable.Range(0, count).Select(_ => new SessionId(Guid.NewGuid()))];
        await MustAsync(key, new BookSeries(new(Guid.NewGuid()), ids, local, 50));
        return ids;
    }

    public async Task<T> WriteAsync<T>(Func<IptCloudDb, Task<T>> write)
    {
        await using var db = Get<Databases>().Make(DatabaseRole.Owner, Network);
        await db.TakeTurnAsync(default);
        return await write(db);
    }

    public async Task<T> ReadAsync<T>(Func<IptCloudDb, Task<T>> read)
    {
        await using var db = Get<Databases>().Make(DatabaseRole.Owner, Network);
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        if (Host is IAsyncDisposable host) await host.DisposeAsync();
        foreach (var thing in rest) await thing.DisposeAsync();
    }

    private static async Task<ClinicSite> StartAsync(Action<IServiceCollection> data, params IAsyncDisposable[] rest)
    {
        var clock = new FakeTimeProvider(Start);
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddKeyedSingleton<TimeProvider>(ClinicClock.Key, clock);
        data(builder.Services);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort.Next(), FreePort.Next(), serviceId: "iptcloud", clusterId: "test").AddCourses());
        var host = builder.Build();
        await host.Services.GetRequiredService<Databases>().MigrateAsync();
        await host.StartAsync();
        var site = new ClinicSite(host, clock, rest);
        await site.SetUpAsync();
        return site;
    }

    private async Task SetUpAsync()
    {
        await using var db = Get<Databases>().Make(DatabaseRole.Owner, Network);
        db.Networks.Add(await Get<NetworkKeys>().FoundAsync(new() { NetworkId = Network, Name = "Test", Policy = JsonSerializer.Serialize(NetworkPolicy.Default) }));
        db.Clinics.Add(new() { NetworkId = Network, ClinicId = Clinic, Name = "North", SenderName = "Elm Street", Zone = "Europe/London", DutyLead = Lead });
        foreach (var member in new[] { Therapist, Lead })
        {
            db.Members.Add(new() { NetworkId = Network, MemberId = member, UserId = Guid.NewGuid(), Name = "Dr " + member, Email = "staff@example.org", Roles = Roles.Therapist });
            db.MemberClinics.Add(new() { NetworkId = Network, MemberId = member, ClinicId = Clinic });
        }

        await db.SaveChangesAsync();
    }

    private sealed class Closing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // pooled connections would keep the deleted file open
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
