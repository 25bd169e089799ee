using System.Collections.Immutable;
using IptCloud.Contracts.Courses;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Messages;

namespace IptCloud.Grains.Courses;

/// <summary>What stands behind a client's link, made from the message's intents.</summary>
internal static class TaskForms
{
    public static TaskForm? Of(CourseState s, MessageId message)
    {
        if (s.Messages.FirstOrDefault(m => m.Id == message && m.Audience == MessageAudience.Client) is not { } sent) return null;
        var steps = ImmutableArray.CreateBuilder<TaskStep>();
        foreach (var intent in sent.Intents)
            switch (Purposes.KindOf(intent.Purpose))
            {
                case DueKind.MeasureInvitation:
                    foreach (var m in s.Measures.Where(m => m.Session?.Value == intent.Subject))
                        steps.Add(new(TaskStepKind.Measure, m.Id.Value, m.Instrument, m.Version, null, null, m.Answers, !m.IsOpen) { CalledForHelp = s.Alerts.Any(a => a.Request == m.Id) });
                    break;
                case DueKind.HomeworkPrompt:
                    foreach (var h in s.Homework.Where(h => h.Id.Value == intent.Subject && !h.Withdrawn))
                        steps.Add(new(TaskStepKind.Homework, h.Id.Value, null, 0, h.Title, h.Steps, ImmutableSortedDictionary<int, int?>.Empty, h.Answer is not null));
                    break;
                case DueKind.MissedNotice:
                    steps.Add(new(TaskStepKind.Rebook, intent.Subject, null, 0, null, null, ImmutableSortedDictionary<int, int?>.Empty, s.Session(new(intent.Subject))?.RebookRequested ?? true));
                    break;
            }

        return new(message, sent.ClosesAt, s.Status != CourseStatus.Closed, steps.ToImmutable());
    }
}
