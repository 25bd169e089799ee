using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IptCloud.Data.Journal;
using IptCloud.Domain.Courses;

namespace IptCloud.Grains.Tests.Journal;

/// <summary>
/// Samples as once written, one line each: type, version, payload. A line is never edited: it stands for what lies in
/// somebody's journal. A new event type or version fails here until it has a line.
/// </summary>
public sealed class StoredSamplesTests
{
    private static readonly IReadOnlyList<(string Type, int Version, byte[] Payload)> Samples =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Samples", "events.jsonl")).Select(line => JsonNode.Parse(line)!).Select(n => ((string)n["type"]!, (int)n["version"]!, Encoding.UTF8.GetBytes(n["payload"]!.ToJsonString())))];

    [Fact]
    public void Every_event_type_and_version_has_a_sample() =>
        Assert.Equal(EventRegistry.All.Select(e => (e.Type, e.Version)).Order(), Samples.Select(s => (s.Type, s.Version)).Distinct().Order());

    [Fact]
    public void Every_sample_is_read_and_means_the_same_when_written_again()
    {
        foreach (var (type, version, payload) in Samples)
        {
            var read = EventRegistry.Read(type, version, payload);
            Assert.Equal((type, version), EventRegistry.NameOf(read));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(payload), JsonNode.Parse(EventRegistry.Write(read))), $"{type} {version}: {Encoding.UTF8.GetString(payload)} became {Encoding.UTF8.GetString(EventRegistry.Write(read))}");
        }
    }

    [Fact]
    public void Every_sample_can_be_folded_in_any_order()
    {
        var meta = new EventMeta(ClinicSite.Start, ClinicSite.Start, "system", null, null, new(Guid.NewGuid()));
        var state = Samples.Aggregate(CourseState.Empty, (s, e) => s.Apply(EventRegistry.Read(e.Type, e.Version, e.Payload), meta));
        Assert.NotEqual(CourseStatus.None, state.Status);
        Assert.Equal(StateJson.Write(state), StateJson.Write(StateJson.Read(StateJson.Write(state))));
    }

    [Fact]
    public void An_event_of_a_newer_program_is_refused_in_words()
    {
        var e = Assert.Throws<InvalidDataException>(() => EventRegistry.Read("course.started", 99, "{}"u8));
        Assert.Contains("course.started", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_payload_is_not_taken_for_an_event() =>
        Assert.Throws<JsonException>(() => EventRegistry.Read("course.held", 1, "{\"reason\":"u8));
}
