using IptCloud.Data.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Desk;

/// <summary>What waits for a therapist, in words, and the page where it is done.</summary>
internal static class InboxWords
{
    /// <summary>As the heading of a list.</summary>
    public static string Heading(InboxKind kind) => kind switch
    {
        InboxKind.Alert => "Open alerts",
        InboxKind.Attendance => "Attendance not recorded",
        InboxKind.Gate => "Unfinished phases",
        InboxKind.FollowUp => "Missed sessions to follow up",
        InboxKind.Rebook => "Clients who ask for another time",
        InboxKind.Note => "Notes to finish",
        InboxKind.Result => "Results to read",
        _ => "Prompts not answered",
    };

    /// <summary>As the status of one course.</summary>
    public static string Status(InboxKind kind) => kind switch
    {
        InboxKind.Alert => "Open alert",
        InboxKind.Attendance => "Attendance not recorded",
        InboxKind.Gate => "Unfinished phase",
        InboxKind.FollowUp => "Missed session to follow up",
        InboxKind.Rebook => "Asks for another time",
        InboxKind.Note => "Note to finish",
        InboxKind.Result => "Result to read",
        _ => "Prompts not answered",
    };

    /// <summary>How urgent it looks.</summary>
    public static Tone Tone(InboxKind kind) => kind switch
    {
        InboxKind.Alert => Shared.Tone.Alert,
        InboxKind.Attendance or InboxKind.Gate or InboxKind.FollowUp or InboxKind.Rebook => Shared.Tone.Watch,
        _ => Shared.Tone.Info,
    };

    /// <summary>Where it is done.</summary>
    public static string Href(InboxRow row) => $"/courses/{row.CourseId}" + row.Kind switch
    {
        InboxKind.Alert => $"/alerts/{row.Subject:N}",
        InboxKind.Attendance or InboxKind.Note => $"/sessions/{row.Subject:N}",
        InboxKind.Gate => "/plan",
        InboxKind.FollowUp or InboxKind.Rebook => $"/follow-ups/{row.Subject:N}",
        InboxKind.Result => $"/measures/{row.Subject:N}",
        _ => "",
    };
}
