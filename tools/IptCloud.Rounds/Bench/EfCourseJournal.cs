using System.Collections.Immutable;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace IptCloud.Rounds.Bench;

/// <summary>
/// The baseline: the same rows of the same appends behind the same grains, by EF Core, a transaction each: rows that may be
/// there are loaded, changed and saved. SQLite has one writer, so there the contexts wait for each other.
/// </summary>
internal sealed class EfCourseJournal(Databases databases, NetworkKeys keys) : ICourseJournal
{
    public Task ProveAsync(CancellationToken ct = default) => Task.CompletedTask;

    public async Task<AppendOutcome> AppendAsync(Append append)
    {
        await using var db = databases.Make(DatabaseRole.Owner, append.Key.Network);
        await db.TakeTurnAsync(default);
        foreach (var change in append.Changes)
        {
            var entity = db.Model.GetEntityTypes().Single(e => e.GetTableName() == change.Table.Name);
            var properties = change.Table.Columns.Select(c => entity.GetProperties().Single(p => p.GetColumnName() == c.Name)).ToList();
            foreach (var key in change.Deletes)
                if (await FindAsync(db, entity, properties, key, change.Table.KeyLength) is { } stored) db.Remove(stored);
            foreach (var (row, _) in change.Writes)
            {
                var stored = change.Table.Write == WriteKind.Upsert ? await FindAsync(db, entity, properties, row, change.Table.KeyLength) : null;
                var entry = db.Entry(stored ?? Activator.CreateInstance(entity.ClrType)!);
                for (var i = stored is null ? 0 : change.Table.KeyLength; i < row.Length; i++) entry.Property(properties[i]).CurrentValue = Model(properties[i], row[i]);
                if (stored is null) entry.State = EntityState.Added;
            }
        }

        await db.SaveChangesAsync();
        return AppendOutcome.Written;
    }

    public async Task<ImmutableArray<RecordedEvent>> ReadAsync(CourseKey key, long after, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(key.Network, ct);
        var rows = await db.Journal.AsNoTracking().Where(j => j.NetworkId == key.Network && j.StreamKind == EventRegistry.CourseStream && j.StreamId == key.Course.Value && j.Seq > after).OrderBy(j => j.Seq).ToListAsync(ct);
        return await keys.OpenAsync(key, rows.ConvertAll(StoredEvent.Of), ct);
    }

    public Task<long?> FindCommandAsync(CourseKey key, CommandId command, CancellationToken ct = default) => Task.FromResult<long?>(null); // nothing is repeated here

    private static ValueTask<object?> FindAsync(IptCloudDb db, IEntityType entity, List<IProperty> properties, object?[] row, int keys) =>
        db.FindAsync(entity.ClrType, [.. Enumerable.Range(0, keys).Select(i => Model(properties[i], row[i]))]);

    private static object? Model(IProperty property, object? stored)
    {
        if (stored is long number && property.GetTypeMapping().Converter is null) return Convert.ChangeType(number, Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType, System.Globalization.CultureInfo.InvariantCulture);
        return stored is not null && property.GetTypeMapping().Converter is { } converter ? converter.ConvertFromProvider(stored) : stored;
    }
}
