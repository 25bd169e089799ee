using System.Buffers.Text;
using System.Text.Json;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Jobs.Messages;

public sealed class DeliveriesTests
{
    [Fact]
    public async Task A_message_is_committed_as_sending_before_it_leaves()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();

        var delivery = await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease);

        var row = await post.RowAsync(message);
        Assert.NotNull(delivery);
        Assert.Equal((OutboxStates.Sending, 1, Post.Now + Post.Lease), (row.State, row.Attempt, row.VisibleAt));
    }

    [Fact]
    public async Task Of_many_workers_one_takes_the_message()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease))));

        Assert.Single(taken, d => d is not null);
    }

    [Fact]
    public async Task An_open_alert_withdraws_a_message_to_the_client_and_not_one_to_staff()
    {
        await using var post = await Post.OnSqliteAsync();
        await post.ChangeAsync(db => db.Alerts.Add(new() { NetworkId = post.Network, AlertId = new(Guid.NewGuid()), CourseId = post.Course, ClientId = post.Client, TherapistId = post.Therapist, ClinicId = post.Clinic, Level = 1, RaisedAt = Post.Now }));
        var toClient = await post.QueueAsync();
        var toStaff = await post.QueueAsync(MessageTemplate.StaffAlert, Purposes.Alert);

        Assert.Null(await post.Deliveries.BeginAsync(post.Key(toClient), Post.Now, Post.Lease));
        Assert.Equal("jo@example.org", (await post.Deliveries.BeginAsync(post.Key(toStaff), Post.Now, Post.Lease))?.Address);
        Assert.Equal((OutboxStates.Withdrawn, "an alert is open"), await StateAsync(post, toClient));
    }

    [Theory]
    [InlineData(CourseStatus.OnHold, "the course is on hold")]
    [InlineData(CourseStatus.Closed, "the course is not running")]
    public async Task A_course_that_does_not_run_withdraws_the_message(CourseStatus status, string reason)
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();
        await post.SetStatusAsync(status);

        Assert.Null(await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease));
        Assert.Equal((OutboxStates.Withdrawn, reason), await StateAsync(post, message));
    }

    [Theory]
    [InlineData(false, "sam@example.org", OutboxStates.Withdrawn)]
    [InlineData(true, null, OutboxStates.Withdrawn)]
    [InlineData(true, "new@example.org", OutboxStates.Sending)]
    public async Task Consent_and_address_are_those_of_now(bool consent, string? address, string state)
    {
        await using var post = await Post.OnSqliteAsync();
        await post.SetRecordAsync(post.Record with { EmailConsent = consent, Email = address });
        var message = await post.QueueAsync();

        var delivery = await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease);

        Assert.Equal(state, (await post.RowAsync(message)).State);
        Assert.Equal(state == OutboxStates.Sending ? address : null, delivery?.Address);
    }

    [Fact]
    public async Task Nothing_leaves_in_the_clients_night()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();
        var night = new DateTimeOffset(2026, 11, 24, 23, 0, 0, TimeSpan.Zero);

        Assert.Null(await post.Deliveries.BeginAsync(post.Key(message), night, Post.Lease));

        var row = await post.RowAsync(message);
        Assert.Equal((OutboxStates.Pending, new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero)), (row.State, row.VisibleAt));
    }

    [Fact]
    public async Task A_reminder_is_not_sent_once_the_session_has_begun()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync(MessageTemplate.Reminder, "reminder", change: r => r.SessionLocal = new(2026, 11, 24, 10, 0, 0));

        Assert.Null(await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease));
        Assert.Equal((OutboxStates.Withdrawn, "the session's time has come"), await StateAsync(post, message));
    }

    [Fact]
    public async Task Day_and_time_leave_only_with_the_clients_consent()
    {
        await using var post = await Post.OnSqliteAsync();
        var before = await post.QueueAsync(MessageTemplate.Reminder, "reminder", change: r => r.SessionLocal = new(2026, 11, 25, 10, 0, 0));
        var after = await post.QueueAsync(MessageTemplate.Reminder, "reminder", change: r => r.SessionLocal = new(2026, 11, 25, 10, 0, 0));

        Assert.NotNull((await post.Deliveries.BeginAsync(post.Key(before), Post.Now, Post.Lease))!.SessionLocal);
        await post.SetRecordAsync(post.Record with { TimesConsent = false });
        Assert.Null((await post.Deliveries.BeginAsync(post.Key(after), Post.Now, Post.Lease))!.SessionLocal);
    }

    [Fact]
    public async Task The_link_is_derived_again_for_a_second_attempt_and_only_its_hash_is_stored()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();
        var first = (await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease))!;
        await post.Deliveries.SettleAsync(first, OutboxStates.Pending, "no connection", Post.Now, Post.Now);

        var second = (await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease))!;

        Assert.Equal(first.LinkToken, second.LinkToken);
        var stored = await post.ReadAsync(db => db.TaskLinks.AsNoTracking().SingleAsync());
        Assert.Equal(LinkToken.Hash(first.LinkToken!), stored.TokenHash);
        Assert.DoesNotContain(first.LinkToken!, first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_alone_has_no_link()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync(MessageTemplate.Reminder, "reminder");

        Assert.Null((await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease))!.LinkToken);
        Assert.Equal(0, await post.ReadAsync(db => db.TaskLinks.CountAsync()));
    }

    [Fact]
    public async Task An_attempt_that_was_overtaken_settles_nothing()
    {
        await using var post = await Post.OnSqliteAsync();
        var message = await post.QueueAsync();
        var slow = (await post.Deliveries.BeginAsync(post.Key(message), Post.Now, Post.Lease))!;
        var later = Post.Now + Post.Lease;
        await post.Outbox.RecoverAsync(later, later, isRepeatable: true);
        await post.Deliveries.BeginAsync(post.Key(message), later, Post.Lease);

        Assert.False(await post.Deliveries.SettleAsync(slow, OutboxStates.Failed, "late", later));
        Assert.Equal(OutboxStates.Sending, (await post.RowAsync(message)).State);
    }

    [Fact]
    public async Task Attack_39_a_message_is_its_own_networks_on_sqlite()
    {
        await using var post = await Post.OnSqliteAsync();
        await OwnAsync(post);
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task Attack_39_a_message_is_its_own_networks_on_postgres()
    {
        await using var post = await Post.OnPostgresAsync(TestContext.Current.CancellationToken);
        await OwnAsync(post);
    }

    /// <summary>A neighbour has the same ids for everything, another sender, other addresses, an open alert and a course on hold.</summary>
    private static async Task OwnAsync(Post post)
    {
        var ct = TestContext.Current.CancellationToken;
        var neighbour = new NetworkId(new("00000001-0000-4000-8000-000000000000")); // sorts before any other
        var founded = await post.Get<NetworkKeys>().FoundAsync(new() { NetworkId = neighbour, Name = "Neighbour", Policy = JsonSerializer.Serialize(NetworkPolicy.Default), LinkKey = [.. Enumerable.Range(7, 32).Select(i => (byte)i)] }, ct);
        await using (var db = post.Get<Databases>().Make(DatabaseRole.Owner, neighbour))
        {
            db.Networks.Add(founded);
            db.Clinics.Add(new() { NetworkId = neighbour, ClinicId = post.Clinic, Name = "Spy Clinic", SenderName = "Spy House", Zone = "Europe/London", Phone = "999" });
            db.Members.Add(new() { NetworkId = neighbour, MemberId = post.Therapist, UserId = Guid.NewGuid(), Name = "Dr Spy", Email = "spy@example.org", Roles = Roles.Therapist });
            db.CourseCards.Add(new() { NetworkId = neighbour, CourseId = post.Course, ClientId = post.Client, TherapistId = post.Therapist, ClinicId = post.Clinic, Status = nameof(CourseStatus.OnHold), Phase = "Middle" });
            db.Alerts.Add(new() { NetworkId = neighbour, AlertId = new(Guid.NewGuid()), CourseId = post.Course, ClientId = post.Client, TherapistId = post.Therapist, ClinicId = post.Clinic, Level = 1, RaisedAt = Post.Now });
            await db.SaveChangesAsync(ct);
        }

        await post.Get<ClientRecords>().AddAsync(neighbour, post.Client, post.Record with { GivenName = "Spy", Email = "spied@example.org" }, ct);
        var (toClient, toStaff) = (await post.QueueAsync(), await post.QueueAsync(MessageTemplate.StaffAlert, Purposes.Alert));

        var client = (await post.Deliveries.BeginAsync(post.Key(toClient), Post.Now, Post.Lease, ct))!;
        var staff = (await post.Deliveries.BeginAsync(post.Key(toStaff), Post.Now, Post.Lease, ct))!;

        Assert.Equal(("Sam", "sam@example.org", "Elm Street", "020 7946 0000"), (client.GivenName, client.Address, client.SenderName, client.Phone));
        Assert.Equal(("jo@example.org", "Elm Street"), (staff.Address, staff.SenderName));
        Assert.Equal(post.Network, (await post.Get<TaskLinks>().FindAsync(client.LinkToken!, ct))!.Course.Network);
        Assert.Equal(post.Network, (await post.Get<EmailConsents>().FindAsync(client.StopToken, ct))!.Network);

        // The own stop link, turned into one for the neighbour's message of the same id: its proof is of another network's key.
        await using (var db = post.Get<Databases>().Make(DatabaseRole.Owner, neighbour))
        {
            db.Outbox.Add(new() { NetworkId = neighbour, MessageId = toClient, CourseId = post.Course, ClinicId = post.Clinic, ClientId = post.Client, Template = nameof(MessageTemplate.Note), State = OutboxStates.Sent });
            await db.SaveChangesAsync(ct);
        }

        var forged = Base64Url.DecodeFromChars(client.StopToken!);
        neighbour.Value.TryWriteBytes(forged, bigEndian: true, out _);
        Assert.Null(await post.Get<EmailConsents>().FindAsync(Base64Url.EncodeToString(forged), ct));
    }

    private static async Task<(string State, string? Detail)> StateAsync(Post post, IptCloud.Domain.Identifiers.MessageId message)
    {
        var row = await post.RowAsync(message);
        return (row.State, row.Detail);
    }
}
