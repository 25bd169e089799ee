using IptCloud.Data.Journal;
using IptCloud.Data.Messages;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Grains.Tests.Courses;

/// <summary>What holds for a course on every database, through its grain.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    protected ClinicSite Site { get; private set; } = null!;

    protected abstract Task<ClinicSite> StartAsync();

    public async ValueTask InitializeAsync() => Site = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_course_is_the_same_after_its_grain_was_dropped()
    {
        var key = await Site.StartCourseAsync();
        await Site.BookAsync(key, new(2026, 1, 8, 10, 0, 0), 8);
        await Site.MustAsync(key, new RecordPerson(new(new(Guid.NewGuid()), "M.", "Mother", 1, 2, RelationQuality.Strained, null, "", ""), null));
        var before = await Site.Course(key).ViewAsync(Site.Me);
        await Site.Get<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        var after = await Site.Course(key).ViewAsync(Site.Me);
        Assert.Equal(StateJson.Write(before!.State), StateJson.Write(after!.State));
        Assert.Equal(before.Version, after.Version);
    }

    [Fact]
    public async Task A_repeated_command_gets_the_first_answer_and_changes_nothing()
    {
        var key = await Site.StartCourseAsync();
        var id = new CommandId(Guid.NewGuid());
        var command = new HoldCourse("Away for three weeks");
        var first = await Site.DoAsync(key, command, id: id);
        await Site.MustAsync(key, new ResumeCourse());
        var again = await Site.DoAsync(key, command, id: id);
        Assert.Equal(first.Version, again.Version);
        Assert.True(again.IsAccepted);
        await Site.Get<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        Assert.True((await Site.DoAsync(key, command, id: id)).IsAccepted);
        Assert.Equal(CourseStatus.Active, (await Site.Course(key).ViewAsync(Site.Me))!.State.Status);
    }

    [Fact]
    public async Task Two_courses_cannot_book_the_same_therapist_at_once_and_a_cancellation_frees_the_time()
    {
        var (first, second) = (await Site.StartCourseAsync(), await Site.StartCourseAsync());
        var ids = await Site.BookAsync(first, new(2026, 2, 3, 10, 0, 0), 1);
        var clash = await Site.DoAsync(second, new BookSeries(new(Guid.NewGuid()), [new(Guid.NewGuid())], new(2026, 2, 3, 10, 45, 0), 50));
        Assert.Equal(SessionRefusals.SlotTaken.Code, Assert.Single(clash.Refusals).Code);
        await Site.MustAsync(first, new RecordAttendance(ids[0], AttendanceCode.CancelledByClient, "Ill", null));
        await Site.BookAsync(second, new(2026, 2, 3, 10, 45, 0), 1);
        await CheckAsync();
    }

    [Fact]
    public async Task A_series_that_clashes_says_which_of_its_sessions_does()
    {
        var (first, second) = (await Site.StartCourseAsync(), await Site.StartCourseAsync());
        await Site.BookAsync(first, new(2026, 7, 14, 10, 0, 0), 1); // by then the wall clock is not UTC
        var clash = await Site.DoAsync(second, new BookSeries(new(Guid.NewGuid()), [.. Enumerable.Range(0, 5).Select(_ => new SessionId(Guid.NewGuid()))], new(2026, 6, 30, 10, 45, 0), 50));
        Assert.Contains("Tuesday 14 July 2026, 10:45", Assert.Single(clash.Refusals).Text, StringComparison.Ordinal);

        var own = await Site.BookAsync(second, new(2026, 8, 4, 10, 0, 0), 2);
        clash = await Site.DoAsync(second, new MoveSession(own[0], new(2026, 8, 4, 10, 0, 0), new(2026, 8, 11, 9, 30, 0), MoveScope.This));
        Assert.Contains("11 August 2026", Assert.Single(clash.Refusals).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_course_with_sessions_left_is_listed_as_without_one()
    {
        var (used, free) = (await Site.StartCourseAsync(), await Site.StartCourseAsync());
        await Site.BookAsync(used, new(2026, 1, 8, 10, 0, 0), 16);
        Site.Clock.SetUtcNow(new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));
        var diary = new Data.Courses.Diary(Site.Get<Data.Storage.Databases>(), Site.Get<Data.Clients.ClientRecords>());
        var listed = await diary.UnbookedAsync(Site.Network, Domain.Networks.Actor.Of(Site.Lead, Domain.Networks.Roles.Scheduler, Site.Clinic), Site.Clock.GetUtcNow());
        Assert.Equal(free.Course, Assert.Single(listed).Course);
    }

    [Fact]
    public async Task Bookings_racing_for_one_slot_give_it_to_exactly_one()
    {
        var courses = new List<CourseKey>();
        for (var i = 0; i < 12; i++) courses.Add(await Site.StartCourseAsync());
        var results = await Task.WhenAll(courses.Select(c => Site.DoAsync(c, new BookSeries(new(Guid.NewGuid()), [new(Guid.NewGuid())], new(2026, 3, 3, 14, 0, 0), 50))));
        Assert.Equal(1, results.Count(r => r.IsAccepted));
        Assert.All(results.Where(r => !r.IsAccepted), r => Assert.Equal(SessionRefusals.SlotTaken.Code, Assert.Single(r.Refusals).Code));
        await CheckAsync();
    }

    [Fact]
    public async Task A_client_has_one_open_course()
    {
        var key = await Site.StartCourseAsync();
        var client = (await Site.Course(key).ViewAsync(Site.Me))!.State.Client;
        var second = await Site.DoAsync(Site.NewCourse(), new ReferCourse(client, Site.Therapist, Site.Clinic, "ipt-16-uk", 1, "Again"));
        Assert.Equal(CourseRefusals.OpenCourseExists.Code, Assert.Single(second.Refusals).Code);
        await Site.MustAsync(key, new CloseCourse(CourseEnd.EndedByClient, "Moved away"));
        await Site.MustAsync(Site.NewCourse(), new ReferCourse(client, Site.Therapist, Site.Clinic, "ipt-16-uk", 1, "Again"));
    }

    [Fact]
    public async Task A_positive_safety_item_opens_an_alert_withdraws_messages_and_tells_two_people_in_one_transaction()
    {
        var key = await Site.StartCourseAsync();
        await Site.BookAsync(key, new(2026, 1, 8, 10, 0, 0), 3);
        await Site.MustAsync(key, new SetHomework(new(Guid.NewGuid()), null, "Diary", "Write three lines", new(2026, 1, 14), true));
        Site.Clock.SetUtcNow(new(2026, 1, 7, 10, 0, 0, TimeSpan.Zero));
        Assert.True(await Site.Course(key).WakeAsync(new(Guid.NewGuid())) > 0);
        var request = (await Site.Course(key).ViewAsync(Site.Me))!.State.Measures.First(m => m.Instrument == "phq-9");
        Assert.Equal(1, await Site.ReadAsync(db => db.Outbox.CountAsync(o => o.CourseId == key.Course && o.State == OutboxStates.Pending)));

        await Site.MustAsync(key, new AnswerItem(request.Id, 9, 2), Domain.Networks.Actor.Client);

        var outbox = await Site.ReadAsync(db => db.Outbox.Where(o => o.CourseId == key.Course).ToListAsync());
        Assert.Equal(OutboxStates.Withdrawn, Assert.Single(outbox, o => o.Recipient is null).State);
        Assert.Equal([Site.Therapist, Site.Lead], outbox.Where(o => o.Recipient is not null).Select(o => o.Recipient!.Value).OrderBy(m => m == Site.Lead));
        Assert.Equal(2, (await Site.ReadAsync(db => db.Alerts.SingleAsync(a => a.CourseId == key.Course && a.ClosedAt == null))).Level);
        Assert.DoesNotContain(await Site.ReadAsync(db => db.DueWork.Where(d => d.CourseId == key.Course).ToListAsync()), d => (int)d.Kind <= 4);
        await CheckAsync();
    }

    [Fact]
    public async Task The_course_can_be_seen_as_it_stood()
    {
        var key = await Site.StartCourseAsync();
        var then = Site.Clock.GetUtcNow();
        Site.Clock.Advance(TimeSpan.FromDays(1));
        await Site.MustAsync(key, new HoldCourse("Away"));
        Assert.Equal(CourseStatus.Active, (await Site.Course(key).ViewAsOfAsync(Site.Me, then))!.State.Status);
        Assert.Equal(CourseStatus.OnHold, (await Site.Course(key).ViewAsync(Site.Me))!.State.Status);
    }

    [Fact]
    public async Task A_rebuild_finds_and_mends_what_was_tampered_with()
    {
        var key = await Site.StartCourseAsync();
        await Site.BookAsync(key, new(2026, 4, 8, 10, 0, 0), 4);
        await CheckAsync();
        await Site.WriteAsync(db => db.DueWork.Where(d => d.CourseId == key.Course).Take(1).ExecuteDeleteAsync());
        await Site.WriteAsync(db => db.CourseCards.Where(c => c.CourseId == key.Course).ExecuteUpdateAsync(u => u.SetProperty(c => c.Attended, 9)));
        await Site.WriteAsync(db => db.TherapistSlots.Where(c => c.CourseId == key.Course).Take(1).ExecuteUpdateAsync(u => u.SetProperty(c => c.SessionId, new SessionId(Guid.NewGuid()))));
        var found = await Site.Get<Rebuild>().CheckAsync();
        Assert.True(found.Differences.Count >= 3, string.Join("\n", found.Differences));
        await Site.Get<Rebuild>().RenewAsync();
        await CheckAsync();
    }

    [Fact]
    public async Task A_transfer_moves_the_booked_time_or_is_refused_as_a_whole()
    {
        var (first, second) = (await Site.StartCourseAsync(), await Site.StartCourseAsync());
        await Site.BookAsync(first, new(2026, 5, 5, 9, 0, 0), 2);
        await Site.MustAsync(first, new TransferCourse(Site.Lead, "Leave"));
        await Site.BookAsync(second, new(2026, 5, 5, 9, 0, 0), 2);
        var clash = await Site.DoAsync(second, new TransferCourse(Site.Lead, "Leave"));
        Assert.Equal(SessionRefusals.SlotTaken.Code, Assert.Single(clash.Refusals).Code);
        Assert.Equal(Site.Therapist, (await Site.Course(second).ViewAsync(Site.Me))!.State.Therapist);
        await CheckAsync();
    }

    private async Task CheckAsync()
    {
        var report = await Site.Get<Rebuild>().CheckAsync();
        Assert.True(report.Differences.Count == 0, string.Join("\n", report.Differences));
    }
}

public sealed class SqliteJournalTests : JournalContract
{
    protected override Task<ClinicSite> StartAsync() => ClinicSite.OnSqliteAsync();
}

[Trait("Needs", "postgres")]
public sealed class PostgresJournalTests : JournalContract
{
    protected override Task<ClinicSite> StartAsync() => ClinicSite.OnPostgresAsync(TestContext.Current.CancellationToken);
}
