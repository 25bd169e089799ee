using System.Collections.Immutable;
using IptCloud.Contracts.Courses;
using IptCloud.Domain.Protocols;

namespace IptCloud.Portal.Links;

/// <summary>The pages of a link in their order: questions, a look at the answers, tasks, another time, thanks. A function of what is still open.</summary>
internal sealed class LinkPlan
{
    private const int SecondsPerQuestion = 12;
    private const int SecondsPerStep = 60;

    private readonly string token, root;
    private readonly TaskForm form;

    public LinkPlan(string token, TaskForm form)
    {
        (this.token, this.form, root) = (token, form, $"/l/{token}");
        Steps = form.Steps;
        Questions = [.. form.Steps.Where(s => s is { Kind: TaskStepKind.Measure, IsDone: false }).SelectMany(Items).Select((q, i) => q with { Number = i + 1 })];
        Tasks = [.. form.Steps.Where(s => s.Kind == TaskStepKind.Homework)];
        Rebook = form.Steps.FirstOrDefault(s => s.Kind == TaskStepKind.Rebook);
    }

    /// <summary>Everything behind the link.</summary>
    public ImmutableArray<TaskStep> Steps { get; }

    /// <summary>The questions of every form that has not been handed in.</summary>
    public ImmutableArray<LinkQuestion> Questions { get; }

    /// <summary>The agreed tasks, answered or not.</summary>
    public ImmutableArray<TaskStep> Tasks { get; }

    /// <summary>The offer of another time; null if there is none.</summary>
    public TaskStep? Rebook { get; }

    /// <summary>Questions still to be answered; one that an answer made needless is not.</summary>
    public int Left => Questions.Count(q => q.Applies && !q.IsSettled);

    /// <summary>True if some questions were answered, and not handed in: perhaps behind an earlier link.</summary>
    public bool IsResumed => Questions.Any(q => q.IsSettled);

    /// <summary>Roughly how long it takes.</summary>
    public int Minutes => Math.Max(1, ((Left * SecondsPerQuestion) + (Steps.Count(s => !s.IsDone && s.Kind != TaskStepKind.Measure) * SecondsPerStep) + 30) / 60);

    /// <summary>True if an answer calls for help, in a form handed in or not.</summary>
    public bool CallsForHelp => Steps.Where(s => s.Kind == TaskStepKind.Measure).SelectMany(Items).Any(q => q.CallsForHelp);

    /// <summary>True once something was answered.</summary>
    public bool IsBegun => Steps.Any(s => s.IsDone || !s.Answers.IsEmpty);

    public string Start => root;

    public string Check => $"{root}/check";

    public string Done => $"{root}/done";

    public string Time => $"{root}/time";

    public string Question(int number, bool isChange = false) => isChange ? $"{root}/q/{number}?change=1" : $"{root}/q/{number}";

    public string Task(int number) => $"{root}/task/{number}";

    /// <summary>The first page with something left to do.</summary>
    public string Next => Questions.IsEmpty ? AfterMeasures : Questions.FirstOrDefault(q => q.Applies && !q.IsSettled) is { } q ? Question(q.Number) : Check;

    /// <summary>The first page after the questions with something left to do.</summary>
    public string AfterMeasures =>
        Tasks.FirstOrDefault(t => !t.IsDone) is { } task ? Task(Tasks.IndexOf(task) + 1)
        : Rebook is { IsDone: false } ? Time
        : Done;

    /// <summary>The pages once this answer is stored: it may decide what is asked next.</summary>
    public LinkPlan With(LinkQuestion question, int? value) => new(token, form with
    {
        Steps = [.. form.Steps.Select(s => s.Subject == question.Step.Subject ? s with { Answers = s.Answers.SetItem(question.Item, value) } : s)],
    });

    /// <summary>The page after a question.</summary>
    public string After(LinkQuestion question) => Questions.FirstOrDefault(q => q.Number > question.Number && q.Applies) is { } next ? Question(next.Number) : Check;

    /// <summary>The page before a question.</summary>
    public string Before(LinkQuestion question) => Questions.LastOrDefault(q => q.Number < question.Number && q.Applies) is { } previous ? Question(previous.Number) : Start;

    /// <summary>An instrument that this program does not ship, or may not show, has no pages.</summary>
    private static IEnumerable<LinkQuestion> Items(TaskStep step)
    {
        if (step.Instrument is null || Catalog.Current.Instrument(step.Instrument, step.InstrumentVersion) is not { MayRedistribute: true } instrument) yield break;
        foreach (var item in instrument.Items) yield return new(0, step, instrument, item.Number);
        if (instrument.Difficulty is not null) yield return new(0, step, instrument, instrument.DifficultyNumber);
    }
}
