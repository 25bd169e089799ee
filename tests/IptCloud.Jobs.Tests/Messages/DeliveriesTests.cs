using IptCloud.Data.Messages;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Messages;
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

    private static async Task<(string State, string? Detail)> StateAsync(Post post, IptCloud.Domain.Identifiers.MessageId message)
    {
        var row = await post.RowAsync(message);
        return (row.State, row.Detail);
    }
}
