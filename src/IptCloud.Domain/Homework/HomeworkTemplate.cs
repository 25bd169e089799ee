using System.Collections.Immutable;
using IptCloud.Domain.Protocols;

namespace IptCloud.Domain.Homework;

/// <summary>A task for between sessions that a therapist can pick and adapt (domain.md §3.3). Never a test: not doing it is no failure.</summary>
/// <param name="Area">The problem area it belongs to; null for any.</param>
/// <param name="Steps">What the client is asked to do, in plain words.</param>
/// <param name="Minutes">Rough time it takes.</param>
/// <param name="Questions">At most three questions for afterwards.</param>
/// <param name="SafetyNote">When not to use it; shown to the therapist only.</param>
public sealed record HomeworkTemplate(string Id, FocusArea? Area, string Title, string Steps, int Minutes, ImmutableArray<string> Questions, string? SafetyNote);

/// <summary>The file of homework templates.</summary>
public sealed record HomeworkLibrary(ImmutableArray<HomeworkTemplate> Items);
