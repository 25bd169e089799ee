using System.Collections.Immutable;
using IptCloud.Domain;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;

namespace IptCloud.Contracts.Courses;

/// <summary>One course: an actor that holds its own phase state and inventory, keyed by <see cref="CourseKey"/>.</summary>
[Alias("ipt.courses.grain")]
public interface ICourseGrain : IGrainWithStringKey
{
    /// <summary>Carries a command out, or refuses it. Repeating a command id gives the first answer again.</summary>
    [Alias("execute")]
    Task<CommandResult> ExecuteAsync(CourseRequest request);

    /// <summary>The course as it stands now; null if there is none or the actor may not read it.</summary>
    [Alias("view")]
    Task<CourseView?> ViewAsync(Actor actor);

    /// <summary>The course as it was recorded at an instant; null as for <see cref="ViewAsync"/>.</summary>
    [Alias("view-as-of")]
    Task<CourseView?> ViewAsOfAsync(Actor actor, DateTimeOffset recordedAt);

    /// <summary>The course's appointments, for who keeps a diary; null if there is none or the actor may not see them.</summary>
    [Alias("diary")]
    Task<CourseDiary?> DiaryAsync(Actor actor);

    /// <summary>Acts on everything that is due by now. Safe to repeat: what was done is no longer due.</summary>
    /// <returns>The number of things done, put off or dropped.</returns>
    [Alias("wake")]
    Task<int> WakeAsync(CommandId command);

    /// <summary>What a client may do with a message's link; null if the message is unknown.</summary>
    [Alias("task-form")]
    Task<TaskForm?> TaskFormAsync(MessageId message);

    /// <summary>The client's record changed: facts are read again before the next decision.</summary>
    [Alias("client-changed")]
    Task ClientChangedAsync();
}

/// <summary>A command with who gives it and the id that makes it safe to repeat.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.request")]
public sealed record CourseRequest(CommandId Id, Actor Actor, CourseCommand Command);

/// <summary>What became of a command.</summary>
/// <param name="Version">The course's version after it: the number of its events.</param>
/// <param name="Refusals">Why nothing changed; empty if it was carried out.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.result")]
public sealed record CommandResult(long Version, ImmutableArray<Refusal> Refusals)
{
    /// <summary>True if the command was carried out, now or when it first came.</summary>
    public bool IsAccepted => Refusals.IsEmpty;
}

/// <summary>A course for its page.</summary>
/// <param name="MayAct">The actor is its therapist, or acts for them; otherwise the page is for reading.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.view")]
public sealed record CourseView(CourseKey Key, long Version, CourseState State, bool MayAct)
{
    /// <summary>The absent therapist for whom the actor reads and acts; null if in their own right.</summary>
    [Id(0)]
    public MemberId? OnBehalfOf { get; init; }
}

/// <summary>The steps behind a client's link. It tells what may still be answered; never a score, a name, or another form's answers.</summary>
/// <param name="ClosesAt">From then on the link says how to go on instead.</param>
/// <param name="CourseOpen">False once the course has ended.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.task-form")]
public sealed record TaskForm(MessageId Message, DateTimeOffset ClosesAt, bool CourseOpen, ImmutableArray<TaskStep> Steps)
{
    /// <summary>True when nothing is left to do.</summary>
    public bool IsDone => Steps.All(s => s.IsDone);
}

/// <summary>What a step asks for.</summary>
public enum TaskStepKind
{
    /// <summary>A measure, one question a page.</summary>
    Measure,
    /// <summary>What became of a task.</summary>
    Homework,
    /// <summary>A wish for another time.</summary>
    Rebook,
}

/// <summary>One form of a link.</summary>
/// <param name="Subject">The request, homework or session.</param>
/// <param name="Instrument">For a measure: its instrument and version.</param>
/// <param name="Title">For homework: the therapist's words.</param>
/// <param name="Answers">For a measure: what this form holds so far, for the browser that the link is bound to and nobody else; null = declined.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.task-step")]
public sealed record TaskStep(TaskStepKind Kind, Guid Subject, string? Instrument, int InstrumentVersion, string? Title, string? Text, ImmutableSortedDictionary<int, int?> Answers, bool IsDone)
{
    /// <summary>For a measure: an answer called for help, even if it was changed since. Who said it once keeps the numbers before their eyes.</summary>
    [Id(0)]
    public bool CalledForHelp { get; init; }
}
