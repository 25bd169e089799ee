using Microsoft.Extensions.DependencyInjection;
using IptCloud.Data.Courses;
using IptCloud.Data.Journal;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Rounds.Load;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Rounds.Bench;

/// <summary>The baseline: the rows of the same append by EF Core, a transaction each. SQLite has one writer, so there callers wait for each other.</summary>
internal sealed class EfAppend(IServiceProvider services, bool single) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private long seq = 1_000_000;

    public async Task AppendAsync(int course)
    {
        if (single) await gate.WaitAsync();
        try
        {
            var n = Interlocked.Increment(ref seq);
            var key = Site.Course(course);
            await using var db = await services.GetRequiredService<IDbContextFactory<IptCloudDb>>().CreateDbContextAsync();
            // Streams of its own, so that the journal of the courses stays whole.
            db.Journal.Add(new()
            {
                NetworkId = key.Network, StreamKind = "baseline", StreamId = key.Course.Value, Seq = n, EventId = Guid.NewGuid(), Type = "course.focus-chosen", Version = 1,
                Payload = EventRegistry.Write(new FocusChosen(default, "Chosen by the run")), OccurredAt = DateTimeOffset.UnixEpoch, RecordedAt = DateTimeOffset.UnixEpoch, Actor = "system", CommandId = new CommandId(Guid.NewGuid()),
            });
            var card = await db.CourseCards.SingleAsync(c => c.NetworkId == key.Network && c.CourseId == key.Course);
            card.Attended = (int)(n % 100);
            await db.SaveChangesAsync();
        }
        finally
        {
            if (single) gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
