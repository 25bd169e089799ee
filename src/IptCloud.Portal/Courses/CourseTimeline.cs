using IptCloud.Data.Journal;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Messages;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>Events of a course as entries of its timeline, newest first.</summary>
public static class CourseTimeline
{
    /// <summary>One entry for each event, but one for all the answers that a client gave to a form in a row.</summary>
    public static IReadOnlyList<TimelineEntry> Of(IEnumerable<RecordedEvent> events, CourseContext context)
    {
        List<TimelineEntry> entries = [];
        RecordedEvent? previous = null;
        var answers = 0;
        foreach (var recorded in events)
        {
            var again = recorded.Event is ItemAnswered now && previous?.Event is ItemAnswered before && now.Request == before.Request && recorded.Meta.Actor == previous.Meta.Actor;
            answers = again ? answers + 1 : 1;
            if (again) entries[^1] = entries[^1] with { What = $"Answered {answers} questions of {context.Names.Measure(((ItemAnswered)recorded.Event).Request)}" };
            else entries.Add(Entry(recorded, context));
            previous = recorded;
        }

        return entries;
    }

    private static TimelineEntry Entry(RecordedEvent recorded, CourseContext context)
    {
        var words = CourseWords.Describe(recorded, context.Names);
        var local = context.Local(recorded.Meta.OccurredAt);
        return new(Words.Of(local), words.What, recorded.Event is MessageQueued { Audience: MessageAudience.Member } ? null : CourseWords.By(recorded.Meta, context.Names))
        {
            Detail = words.Detail, Tone = words.Tone, Machine = local.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture), Href = Href(recorded.Event, context.Root),
        };
    }

    private static string? Href(CourseEvent e, string root) => e switch
    {
        NoteSigned x => $"{root}/sessions/{x.Session}",
        NoteAmended x => $"{root}/sessions/{x.Session}",
        AttendanceFlagged x => $"{root}/sessions/{x.Session}",
        MissLeftToPerson x => $"{root}/sessions/{x.Session}",
        FollowUpClosed x => $"{root}/follow-ups/{x.Session}",
        RebookRequested x => $"{root}/follow-ups/{x.Session}",
        ContactRecorded x => $"{root}/contacts#{x.Contact}",
        MeasureSubmitted x => $"{root}/measures/{x.Request}",
        AlertRaised x => $"{root}/alerts/{x.Alert}",
        AlertClosed x => $"{root}/alerts/{x.Alert}",
        _ => null,
    };
}
