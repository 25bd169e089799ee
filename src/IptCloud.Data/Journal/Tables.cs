using System.Collections.Immutable;

namespace IptCloud.Data.Journal;

/// <summary>The tables of an append, in the order of writing. Columns are those of the EF model; a test compares the two.</summary>
internal static class Tables
{
    private static Column Id(string name) => new(name, ColumnKind.Id);

    private static Column Number(string name) => new(name, ColumnKind.Number);

    private static Column Text(string name) => new(name, ColumnKind.Text);

    private static Column Bytes(string name) => new(name, ColumnKind.Bytes);

    private static Column Operational(string name, ColumnKind kind = ColumnKind.Number) => new(name, kind, IsDerived: false);

    public static readonly Table Journal = new("journal", 4, WriteKind.Exclusive,
        Id("network_id"), Text("stream_kind"), Id("stream_id"), Number("seq"), Id("event_id"), Text("type"), Number("version"), Bytes("payload"),
        Number("occurred_at"), Number("recorded_at"), Text("actor"), Id("on_behalf_of"), Id("command_id"), Number("key_version"));

    public static readonly Table Cards = new("course_cards", 2, WriteKind.Upsert,
        Id("network_id"), Id("course_id"), Number("version"), Id("client_id"), Id("therapist_id"), Id("clinic_id"), Text("status"), Text("phase"), Text("focus"),
        Number("attended"), Number("planned"), Number("referred_at"), Number("closed_at"), Number("next_at"), Text("next_local"), Id("next_session"),
        Number("urgency"), Number("open_alerts"), Text("phq9"), Text("gad7"));

    public static readonly Table OpenCourses = new("open_courses", 2, WriteKind.Exclusive, Id("network_id"), Id("client_id"), Id("course_id"));

    public static readonly Table Appointments = new("appointments", 2, WriteKind.Upsert,
        Id("network_id"), Id("session_id"), Id("course_id"), Id("client_id"), Id("therapist_id"), Id("clinic_id"), Text("local"), Text("zone"), Number("minutes"),
        Number("starts_at"), Number("attendance"), Number("number"), Number("note_signed"), Number("flagged_at"));

    public static readonly Table Slots = new("therapist_slots", 3, WriteKind.Exclusive, Id("network_id"), Id("therapist_id"), Number("slot"), Id("session_id"), Id("course_id"));

    public static readonly Table Scores = new("scores", 2, WriteKind.Upsert,
        Id("network_id"), Id("request_id"), Id("course_id"), Id("session_id"), Text("instrument"), Number("version"), Number("requested_at"), Number("submitted_at"),
        Number("total"), Number("answered"), Id("read_by"));

    public static readonly Table Alerts = new("alerts", 2, WriteKind.Upsert,
        Id("network_id"), Id("alert_id"), Id("course_id"), Id("client_id"), Id("therapist_id"), Id("clinic_id"), Number("level"), Number("raised_at"), Number("acknowledged_at"), Number("closed_at"));

    public static readonly Table Inbox = new("inbox", 4, WriteKind.Upsert,
        Id("network_id"), Id("course_id"), Number("kind"), Id("subject"), Id("client_id"), Id("therapist_id"), Id("clinic_id"), Number("since"), Number("due_by"));

    public static readonly Table DueWork = new("due_work", 4, WriteKind.Upsert,
        Id("network_id"), Id("course_id"), Number("kind"), Id("subject"), Number("due_at"), Operational("visible_at"), Operational("attempt"), Operational("trace", ColumnKind.Text));

    public static readonly Table Intents = new("message_intents", 4, WriteKind.Exclusive,
        Id("network_id"), Text("purpose"), Id("subject"), Text("occasion"), Id("message_id"), Id("course_id"));

    /// <summary>Operational: an append adds messages; a rebuild never does, and never makes one sendable.</summary>
    public static readonly Table Outbox = new("message_outbox", 2, WriteKind.Once,
        Id("network_id"), Id("message_id"), Id("course_id"), Id("clinic_id"), Id("client_id"), Id("recipient"), Text("template"), Text("state"),
        Number("queued_at"), Number("closes_at"), Number("visible_at"), Number("attempt"), Text("session_local"), Text("trace"));

    /// <summary>What a rebuild makes anew from the journal.</summary>
    public static ImmutableArray<Table> Derived { get; } = [Cards, OpenCourses, Appointments, Slots, Scores, Alerts, Inbox, DueWork, Intents];

    /// <summary>Everything an append may write: rows are deleted in this order first, then written.</summary>
    public static ImmutableArray<Table> All { get; } = [Journal, .. Derived, Outbox];
}
