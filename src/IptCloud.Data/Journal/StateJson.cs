using System.Text.Json;
using IptCloud.Domain.Courses;

namespace IptCloud.Data.Journal;

/// <summary>A course's state as JSON, for snapshots. Not a stored format: a snapshot of another fold is ignored.</summary>
public static class StateJson
{
    /// <summary>Writes a state.</summary>
    public static byte[] Write(CourseState state) => JsonSerializer.SerializeToUtf8Bytes(state, EventJson.Default.CourseState);

    /// <summary>Reads a state.</summary>
    public static CourseState Read(ReadOnlySpan<byte> text) => JsonSerializer.Deserialize(text, EventJson.Default.CourseState)!;
}
