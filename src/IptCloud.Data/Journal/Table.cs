using System.Collections.Immutable;

namespace IptCloud.Data.Journal;

/// <summary>What a column holds; both databases write and read each kind the same way.</summary>
internal enum ColumnKind
{
    /// <summary>A UUID.</summary>
    Id,
    /// <summary>A whole number; instants are Unix milliseconds.</summary>
    Number,
    /// <summary>Text.</summary>
    Text,
    /// <summary>Something sealed.</summary>
    Bytes,
}

/// <summary>How a row is written.</summary>
internal enum WriteKind
{
    /// <summary>Inserted or replaced by key.</summary>
    Upsert,
    /// <summary>Inserted; a row with this key is a conflict that the append must hear of.</summary>
    Exclusive,
    /// <summary>Inserted unless it is there.</summary>
    Once,
}

/// <param name="IsDerived">False for what changes by operation, such as leases: written once, then left alone by comparisons.</param>
internal sealed record Column(string Name, ColumnKind Kind, bool IsDerived = true);

/// <summary>A table that an append writes: its key columns come first.</summary>
internal sealed class Table(string name, int keyLength, WriteKind write, params ImmutableArray<Column> columns)
{
    public string Name { get; } = name;

    public int KeyLength { get; } = keyLength;

    public WriteKind Write { get; } = write;

    public ImmutableArray<Column> Columns { get; } = columns;

    public IEnumerable<Column> Key => Columns.Take(KeyLength);

    /// <summary>Two rows have the same key.</summary>
    public bool SameKey(object?[] a, object?[] b) => Same(a, b, KeyLength);

    /// <summary>Two rows are the same in everything derived.</summary>
    public bool SameRow(object?[] a, object?[] b)
    {
        for (var i = 0; i < Columns.Length; i++)
            if (Columns[i].IsDerived && !Equals(a[i], b[i])) return false;
        return true;
    }

    private static bool Same(object?[] a, object?[] b, int length)
    {
        for (var i = 0; i < length; i++)
            if (!Equals(a[i], b[i])) return false;
        return true;
    }
}

/// <summary>A row to write.</summary>
/// <param name="Before">The row that it replaces, as the course knows it; null if it is new.</param>
internal readonly record struct RowWrite(object?[] Row, object?[]? Before);

/// <summary>Rows to write to, and keys to delete from, one table.</summary>
internal sealed record TableChange(Table Table, IReadOnlyList<RowWrite> Writes, IReadOnlyList<object?[]> Deletes);
