using System.Text.Json.Serialization;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Homework;

/// <summary>What the client says about a task. None of them is a failure.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HomeworkAnswer>))]
public enum HomeworkAnswer
{
    /// <summary>Did it.</summary>
    Did,
    /// <summary>Did some of it.</summary>
    Partly,
    /// <summary>Not yet.</summary>
    NotYet,
}

/// <summary>An agreed task for between sessions.</summary>
/// <param name="Template">The library item it came from; null if the therapist wrote it.</param>
/// <param name="DueOn">The day by which it was agreed.</param>
/// <param name="PromptAt">When the client is prompted; null once settled or if none is wanted.</param>
/// <param name="ClosesAt">Until when the client may answer by link.</param>
[GenerateSerializer, Immutable, Alias("ipt.homework.task")]
public sealed record HomeworkTask(
    HomeworkId Id, string? Template, string Title, string Steps, DateTimeOffset SetAt, DateOnly DueOn, DateTimeOffset? PromptAt, DateTimeOffset ClosesAt,
    DateTimeOffset? PromptedAt = null, HomeworkAnswer? Answer = null, string AnswerText = "", DateTimeOffset? AnsweredAt = null, bool Withdrawn = false)
{
    /// <summary>Neither answered nor taken back.</summary>
    public bool IsOpen => Answer is null && !Withdrawn;
}
