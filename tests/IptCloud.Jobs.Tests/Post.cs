using System.Text.Json;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Clients;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Networks;
using IptCloud.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IptCloud.Jobs;

/// <summary>A real database with one clinic, one client, one running course, and messages as a test puts them there.</summary>
public sealed class Post : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly ServiceProvider services;
    private readonly Func<ValueTask> release;

    private Post(ServiceProvider services, Func<ValueTask> release) => (this.services, this.release) = (services, release);

    /// <summary>The system clock; a test moves it.</summary>
    public FakeTimeProvider Clock => (FakeTimeProvider)Get<TimeProvider>();

    public NetworkId Network { get; } = new(Guid.NewGuid());

    public ClinicId Clinic { get; } = new(Guid.NewGuid());

    public ClientId Client { get; } = new(Guid.NewGuid());

    public CourseId Course { get; } = new(Guid.NewGuid());

    public MemberId Therapist { get; } = new(Guid.NewGuid());

    public ClientRecord Record { get; } = new("Sam", "Sample", "Europe/London", "en-GB", "sam@example.org", true, null, false, true);

    public Outbox Outbox => Get<Outbox>();

    public Deliveries Deliveries => Get<Deliveries>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<Post> OnSqliteAsync()
    {
        var folder = new TempFolder();
        return await SetUpAsync(s => s.AddSqliteData(folder.File("test.db")), () =>
        {
            SqliteConnection.ClearAllPools(); // pooled connections would keep the deleted file open
            folder.Dispose();
            return ValueTask.CompletedTask;
        });
    }

    public static async Task<Post> OnPostgresAsync(CancellationToken ct)
    {
        var database = await PostgresDatabase.CreateAsync(ct);
        var folder = new TempFolder();
        return await SetUpAsync(s => s.AddPostgresData(database.ConnectionString, folder.File("master.key")), () =>
        {
            folder.Dispose();
            return database.DisposeAsync();
        });
    }

    public OutboxKey Key(MessageId message) => new(Network, message);

    /// <summary>A message that waits.</summary>
    public async Task<MessageId> QueueAsync(MessageTemplate template = MessageTemplate.Note, string purpose = "measures", DateTimeOffset? visible = null, Action<OutboxRow>? change = null)
    {
        var message = new MessageId(Guid.NewGuid());
        var row = new OutboxRow
        {
            NetworkId = Network,
            MessageId = message,
            CourseId = Course,
            ClinicId = Clinic,
            ClientId = Client,
            Recipient = template == MessageTemplate.StaffAlert ? Therapist : null,
            Template = template.ToString(),
            State = OutboxStates.Pending,
            QueuedAt = Now.AddMinutes(-1),
            ClosesAt = Now.AddDays(2),
            VisibleAt = visible ?? Now,
        };
        change?.Invoke(row);
        await ChangeAsync(db =>
        {
            db.Outbox.Add(row);
            db.MessageIntents.Add(new() { NetworkId = Network, Purpose = purpose, Subject = Guid.NewGuid(), Occasion = "1", MessageId = message, CourseId = Course });
        });
        return message;
    }

    public async Task<OutboxRow> RowAsync(MessageId message) => await ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(m => m.MessageId == message));

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

    public Task ChangeAsync(Action<IptCloudDb> change) => ReadAsync(async db =>
    {
        change(db);
        return await db.SaveChangesAsync();
    });

    public Task SetStatusAsync(CourseStatus status) =>
        WriteAsync(db => db.CourseCards.Where(c => c.CourseId == Course).ExecuteUpdateAsync(u => u.SetProperty(c => c.Status, status.ToString())));

    public Task SetRecordAsync(ClientRecord record) => Get<ClientRecords>().ChangeAsync(Network, new(Client, 1, Record), record, Now);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await release();
    }

    private static async Task<Post> SetUpAsync(Action<IServiceCollection> data, Func<ValueTask> release)
    {
        var collection = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider(Now)).AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        data(collection);
        var post = new Post(collection.AddMessageTables().BuildServiceProvider(), release);
        await post.Get<Databases>().MigrateAsync();
        var network = await post.Get<NetworkKeys>().FoundAsync(new() { NetworkId = post.Network, Name = "Test", Policy = JsonSerializer.Serialize(NetworkPolicy.Default), LinkKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)] });
        await post.ChangeAsync(db =>
        {
            db.Networks.Add(network);
            db.Clinics.Add(new() { NetworkId = post.Network, ClinicId = post.Clinic, Name = "North Psychotherapy", SenderName = "Elm Street", Zone = "Europe/London", Phone = "020 7946 0000" });
            db.Members.Add(new() { NetworkId = post.Network, MemberId = post.Therapist, UserId = Guid.NewGuid(), Name = "Dr Jo Field", Email = "jo@example.org", Roles = Roles.Therapist });
            db.CourseCards.Add(new() { NetworkId = post.Network, CourseId = post.Course, ClientId = post.Client, TherapistId = post.Therapist, ClinicId = post.Clinic, Status = nameof(CourseStatus.Active), Phase = "Middle" });
        });
        await post.Get<ClientRecords>().AddAsync(post.Network, post.Client, post.Record);
        return post;
    }
}
