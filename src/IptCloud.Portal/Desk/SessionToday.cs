using IptCloud.Data.Courses;
using IptCloud.Domain.Sessions;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Desk;

/// <summary>How one of today's sessions stands, in words.</summary>
internal static class SessionToday
{
    public static (Tone Tone, string Words) State(AppointmentRow session, DateTimeOffset now) => (AttendanceCode?)session.Attendance switch
    {
        AttendanceCode.Attended or AttendanceCode.AttendedLate when session.NoteSigned == 0 => (Tone.Watch, "Attended, note to finish"),
        AttendanceCode.Attended or AttendanceCode.AttendedLate => (Tone.Good, "Attended, note signed"),
        AttendanceCode.ArrivedNotSeen => (Tone.Watch, "Arrived too late to be seen"),
        AttendanceCode.DidNotAttend => (Tone.Watch, "Did not attend"),
        AttendanceCode.CancelledByClient => (Tone.Neutral, "Cancelled by the client"),
        AttendanceCode.CancelledByService => (Tone.Neutral, "Cancelled by the service"),
        _ when now < session.StartsAt => (Tone.Neutral, "To come"),
        _ when now < session.StartsAt.AddMinutes(session.Minutes) => (Tone.Info, "Now"),
        _ => (Tone.Watch, "Attendance not recorded"),
    };
}
