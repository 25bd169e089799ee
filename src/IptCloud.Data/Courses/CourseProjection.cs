using System.Globalization;
using IptCloud.Data.Journal;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Data.Telemetry;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Sessions;

namespace IptCloud.Data.Courses;

/// <summary>
/// The rows that a course's state stands for. An append writes the difference between the rows before and after; a rebuild
/// compares all of them. Because both come from the same function, derived tables equal a rebuild by construction.
/// </summary>
internal static class CourseProjection
{
    /// <summary>The length of a therapist's slot: sessions that overlap by less than this do not exist.</summary>
    public const int SlotSeconds = 300;

    private const int SeriesLength = 20;

    /// <summary>The rows of every derived table but the slots, in the order of <see cref="Tables.Derived"/>; slots are made from appointments on demand.</summary>
    public static object?[][] RowsOf(Table table, CourseKey key, long version, CourseState s)
    {
        if (s.Status == CourseStatus.None) return [];
        object network = key.Network.Value, course = key.Course.Value, client = s.Client.Value, therapist = s.Therapist.Value, clinic = s.Clinic.Value;
        if (table == Tables.Cards) return [Card(key, version, s)];
        if (table == Tables.OpenCourses) return s.Status == CourseStatus.Closed ? [] : [[network, client, course]];
        if (table == Tables.Appointments)
            return [.. s.Sessions.Select(t => new[] { network, t.Id.Value, course, client, therapist, clinic, Local(t.Time.Local), t.Zone, (long)t.Minutes, Ms(t.Time.StartsAt), (long?)(int?)t.Attendance, (long)s.ExpectedNumber(t), t.Note is null ? 0L : 1L, Ms(t.FlaggedAt) })];
        if (table == Tables.Slots) return [.. s.Sessions.Where(t => t.HoldsTime).SelectMany(t => Slots(key, s, t))];
        if (table == Tables.Scores)
            return [.. s.Measures.Select(m => new[] { network, m.Id.Value, course, m.Session?.Value, m.Instrument, (long)m.Version, Ms(m.RequestedAt), Ms(m.SubmittedAt), (long?)m.Score?.Total, (long)m.Answers.Count(a => a.Value is not null), m.ReadBy?.Value })];
        if (table == Tables.Alerts)
            return [.. s.Alerts.Select(a => new[] { network, a.Id.Value, course, client, therapist, clinic, (long)a.ItemValue, Ms(a.RaisedAt), Ms(a.AcknowledgedAt), Ms(a.ClosedAt) })];
        if (table == Tables.Inbox)
            return [.. CourseInbox.Of(key, s).Select(i => new[] { network, course, (long)(int)i.Kind, i.Subject, client, therapist, clinic, Ms(i.Since), Ms(i.DueBy) })];
        if (table == Tables.DueWork)
            return [.. Domain.Messages.DueWork.Of(s).Select(d => new[] { network, course, (long)(int)d.Kind, d.Subject, Ms(d.DueAt), Ms(d.DueAt), 0L, TraceOfCause.Now })];
        if (table == Tables.Intents)
            return [.. s.Messages.SelectMany(m => m.Intents.Select(i => new[] { network, i.Purpose, i.Subject, i.Occasion, (object?)m.Id.Value, course }))];
        throw new ArgumentOutOfRangeException(nameof(table), table.Name, "Not a derived table.");
    }

    /// <summary>
    /// True if everything that a table's rows are made from is the same object as before, so that they need no look. State is
    /// immutable: what an event did not touch is kept as it is. Whatever <see cref="RowsOf"/> reads for a table must be named here.
    /// </summary>
    public static bool SameSource(Table table, CourseState a, CourseState b)
    {
        if (a.Status != b.Status || a.Therapist != b.Therapist || table == Tables.Cards) return false;
        var sessions = a.Sessions.Equals(b.Sessions);
        if (table == Tables.OpenCourses) return true;
        if (table == Tables.Appointments || table == Tables.Slots) return sessions;
        if (table == Tables.Scores) return a.Measures.Equals(b.Measures);
        if (table == Tables.Alerts) return a.Alerts.Equals(b.Alerts);
        if (table == Tables.Intents) return a.Messages.Equals(b.Messages);
        if (table == Tables.DueWork) return sessions && a.Alerts.Equals(b.Alerts) && a.Homework.Equals(b.Homework) && a.GateDueAt == b.GateDueAt && a.GateSession == b.GateSession;
        return sessions && a.Alerts.Equals(b.Alerts) && a.Measures.Equals(b.Measures) && a.Tasks.Equals(b.Tasks) && a.Phase == b.Phase && a.GateOverdueAt == b.GateOverdueAt && a.PromptsStoppedAt == b.PromptsStoppedAt;
    }

    /// <summary>The outbox row of a message that was just queued.</summary>
    public static object?[] OutboxRow(CourseKey key, CourseState s, MessageQueued m, DateTimeOffset at) =>
        [key.Network.Value, m.Message.Value, key.Course.Value, s.Clinic.Value, s.Client.Value, m.Recipient?.Value, m.Template.ToString(), OutboxStates.Pending, Ms(at), Ms(m.ClosesAt), Ms(m.NotBefore), 0L, m.SessionLocal is { } l ? Local(l) : null, TraceOfCause.Now];

    private static object?[] Card(CourseKey key, long version, CourseState s)
    {
        var next = s.Status == CourseStatus.Closed ? null : s.NextSession;
        return
        [
            key.Network.Value, key.Course.Value, version, s.Client.Value, s.Therapist.Value, s.Clinic.Value, s.Status.ToString(), s.Phase.ToString(), s.Focus?.ToString(),
            (long)s.AttendedCount, (long)s.PlannedSessions, Ms(s.ReferredAt), Ms(s.Closing?.At), Ms(next?.Time.StartsAt), next is null ? null : Local(next.Time.Local), next?.Id.Value,
            (long)CourseInbox.Urgency(key, s), (long)s.Alerts.Count(a => a.IsOpen), Series(s, "phq-9"), Series(s, "gad-7"),
        ];
    }

    private static string Series(CourseState s, string instrument) =>
        string.Join(',', s.Scored(instrument).TakeLast(SeriesLength).Select(m => m.Score!.Total!.Value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The slots of its therapist's time that a session takes.</summary>
    public static IEnumerable<long> SlotsOf(Session t)
    {
        var from = t.Time.StartsAt.ToUnixTimeSeconds() / SlotSeconds;
        var to = (t.EndsAt.ToUnixTimeSeconds() + SlotSeconds - 1) / SlotSeconds;
        for (var slot = from; slot < to; slot++) yield return slot;
    }

    private static IEnumerable<object?[]> Slots(CourseKey key, CourseState s, Session t) =>
        SlotsOf(t).Select(slot => new object?[] { key.Network.Value, s.Therapist.Value, slot, t.Id.Value, key.Course.Value });

    private static string Local(DateTime local) => local.ToString(LocalTimeConverter.Format, CultureInfo.InvariantCulture);

    private static object? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}
