using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>What the ids in a course's events stand for. Says "a session" and the like where it does not know.</summary>
public sealed class CourseNames(CourseState state, ImmutableDictionary<MemberId, string> members)
{
    /// <summary>Knows nothing.</summary>
    public static CourseNames None { get; } = new(CourseState.Empty, ImmutableDictionary<MemberId, string>.Empty);

    /// <summary>A colleague.</summary>
    public string Member(MemberId member) => members.GetValueOrDefault(member, "a colleague");

    /// <summary>"the session of 24 November 2026".</summary>
    public string Session(SessionId session) =>
        state.Session(session) is { } found ? $"the session of {Uk.FullDate(DateOnly.FromDateTime(found.Time.Local))}" : "a session";

    /// <summary>"the PHQ-9".</summary>
    public string Measure(RequestId request) => state.Measures.FirstOrDefault(m => m.Id == request) is { } found ? Measure(found.Instrument, found.Version) : "a measure";

    /// <summary>"the PHQ-9".</summary>
    public static string Measure(string instrument, int version) => $"the {Catalog.Current.Instrument(instrument, version)?.ShortTitle ?? instrument}";

    /// <summary>The title of a task for between sessions.</summary>
    public string Homework(HomeworkId homework) => state.Homework.FirstOrDefault(h => h.Id == homework) is { } found ? $"“{found.Title}”" : "a task";

    /// <summary>A person of the inventory.</summary>
    public string Person(PersonId person) => state.People.FirstOrDefault(p => p.Id == person)?.Name ?? "a person";

    /// <summary>"I8 Formulation stated …".</summary>
    public string Task(string code) => state.ProtocolId.Length > 0 && Catalog.Current.Protocol(state.ProtocolId, state.ProtocolVersion)?.Task(code) is { } task ? $"{code} {task.Title}" : code;

    /// <summary>The zone in which times are told.</summary>
    public string Zone => state.ClinicZone.Length > 0 ? state.ClinicZone : "Etc/UTC";
}
