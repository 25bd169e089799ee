using System.Text.Json;
using IptCloud.Domain.Courses;

namespace IptCloud.Data.Journal;

/// <summary>A course's state as text, for snapshots. Not a stored format: a snapshot of another fold is ignored.</summary>
public static class StateJson
{
    /// <summary>Writes a state.</summary>
    public static string Write(CourseState state) => JsonSerializer.Serialize(state, EventJson.Default.CourseState);

    /// <summary>Reads a state.</summary>
    public static CourseState Read(string text) => JsonSerializer.Deserialize(text, EventJson.Default.CourseState)!;
}
