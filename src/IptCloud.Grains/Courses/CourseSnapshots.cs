using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Domain.Courses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace IptCloud.Grains.Courses;

/// <summary>A course's state at a version, as kept in grain storage.</summary>
/// <param name="Fold">The version of the fold that made it; another fold ignores it.</param>
/// <param name="EventId">The event it ends with; another history (a restored backup) ignores it.</param>
/// <param name="Payload">The state as JSON, sealed.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.sealed-snapshot")]
public sealed record CourseSnapshot(int Fold, long Version, Guid EventId, byte[] Payload, int KeyVersion);

/// <summary>
/// Snapshots in grain storage, where the profile has one: a cache of the journal, never the truth. Replaying 200 events
/// costs as much as reading a snapshot (platform.md §6), so they are written rarely and whatever goes wrong with one is ignored.
/// </summary>
internal sealed partial class CourseSnapshots(IServiceProvider services, ICourseJournal journal, NetworkKeys keys, ILogger<CourseSnapshots> log)
{
    /// <summary>The name of the grain storage.</summary>
    public const string Storage = "snapshots";

    /// <summary>The name of the state; those under "course" were not sealed, and are deleted by <c>migrate</c>.</summary>
    private const string StateName = "sealed-course";

    /// <summary>Raised whenever a change of state or fold makes old snapshots wrong.</summary>
    private const int Fold = 3; // v0.1, which reads 1, would leave contacts out and write the rest back; v0.2 the reason of the focus

    private const long Every = 200;

    private readonly IGrainStorage? storage = services.GetKeyedService<IGrainStorage>(Storage);

    public async Task<(long Version, Guid EventId, CourseState State)?> FindAsync(CourseKey key, CancellationToken ct)
    {
        if (storage is null) return null;
        try
        {
            GrainState<CourseSnapshot> kept = new();
            await storage.ReadStateAsync(StateName, Id(key), kept);
            if (kept is not { RecordExists: true, State: { Fold: Fold, Version: > 0 } snapshot }) return null;
            // The journal must hold the same event at the same place, or the snapshot belongs to another history.
            var last = await journal.ReadAsync(key, snapshot.Version - 1, ct);
            if (last.Length == 0 || last[0].EventId != snapshot.EventId) return null;
            var ring = await keys.RingAsync(key.Network, snapshot.KeyVersion, ct);
            return (snapshot.Version, snapshot.EventId, StateJson.Read(ring.Open(Place.Snapshot(key.Course, snapshot.Version), snapshot.Payload, snapshot.KeyVersion)));
        }
        catch (Exception e) when (!ct.IsCancellationRequested) // a storage that gave up waiting says "cancelled" as well
        {
            Log.Ignored(log, key.Course.Value, e.GetType().Name);
            return null;
        }
    }

    public async Task KeepAsync(CourseKey key, long version, Guid head, CourseState state, bool force, CancellationToken ct)
    {
        if (storage is null || version == 0 || head == default || (!force && version % Every != 0) || (force && version < Every)) return;
        try
        {
            GrainState<CourseSnapshot> kept = new();
            await storage.ReadStateAsync(StateName, Id(key), kept);
            if (kept.RecordExists && kept.State?.Version == version) return;
            var box = (await keys.RingAsync(key.Network, ct: ct)).Seal(Place.Snapshot(key.Course, version), StateJson.Write(state));
            kept.State = new(Fold, version, head, box.Payload, box.KeyVersion);
            await storage.WriteStateAsync(StateName, Id(key), kept);
        }
        catch (Exception e) when (!ct.IsCancellationRequested) // a storage that gave up waiting says "cancelled" as well
        {
            Log.Ignored(log, key.Course.Value, e.GetType().Name);
        }
    }

    private static GrainId Id(CourseKey key) => GrainId.Create(GrainType.Create("ipt.course"), IdSpan.Create(key.ToString()));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of course {Course} was ignored: {Failure}. The journal is replayed instead.")]
        public static partial void Ignored(ILogger logger, Guid course, string failure);
    }
}
