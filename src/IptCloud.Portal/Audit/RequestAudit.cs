using System.Collections.Immutable;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Audit;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Audit;

/// <summary>
/// What one request showed, changed and was refused, collected on the way from the calls and reads that every page goes
/// through. Each request has its own; <see cref="AuditGate"/> makes entries of it before the first byte of an answer leaves.
/// </summary>
internal sealed class RequestAudit : IAuditListener
{
    private static readonly object Key = new();

    private readonly Lock gate = new(); // a grain of this process may read on the request's behalf
    private readonly HashSet<ClientId> shown = [];
    private readonly Dictionary<CourseId, ClientId> clients = [];
    private readonly List<AuditNote> notes = [];

    /// <summary>The request's own.</summary>
    public static RequestAudit Of(HttpContext http)
    {
        if (http.Items.TryGetValue(Key, out var found)) return (RequestAudit)found!;
        var made = new RequestAudit();
        http.Items[Key] = made;
        return made;
    }

    /// <summary>The network whose records were touched, where no membership says so: a client's link.</summary>
    public NetworkId? Network { get; private set; }

    /// <summary>The course that the request was about.</summary>
    public CourseId? Course { get; private set; }

    /// <summary>True if the course was shown as it stood on another day.</summary>
    public bool IsAsOf { get; private set; }

    /// <summary>True if what is recorded must not keep the request from ending: nobody may be kept signed in.</summary>
    public bool MayFail { get; set; }

    /// <summary>True once it is recorded what the answer itself means.</summary>
    public bool IsRecorded { get; set; }

    /// <inheritdoc />
    public void Shown(NetworkId network, ReadOnlySpan<ClientId> seen)
    {
        lock (gate)
        {
            Network ??= network;
            foreach (var client in seen) shown.Add(client);
        }
    }

    /// <inheritdoc />
    public void Changed(NetworkId network, ClientId client)
    {
        lock (gate) Network ??= network;
        Add(new(AuditActions.ClientChange, AuditOutcome.Done) { Client = client });
    }

    /// <inheritdoc />
    public void Settled(NetworkId network, SettingsChange change, Guid? subject, bool denied) =>
        Add(new(AuditActions.People, denied ? AuditOutcome.Denied : AuditOutcome.Done) { Network = network, Subject = subject, Detail = change.Code });

    /// <summary>A course was asked for.</summary>
    /// <param name="view">What may be shown of it; null if nothing may.</param>
    public void Viewed(CourseKey key, CourseView? view, bool asOf = false)
    {
        lock (gate)
        {
            (Network, Course, IsAsOf) = (Network ?? key.Network, key.Course, IsAsOf || asOf);
            if (view is null) return;
            clients[key.Course] = view.State.Client;
            shown.Add(view.State.Client);
        }
    }

    /// <summary>A client opened the form behind a link.</summary>
    public void Opened(CourseKey key)
    {
        lock (gate) (Network, Course) = (Network ?? key.Network, key.Course);
    }

    /// <summary>A command was carried out or refused.</summary>
    public void Commanded(CourseKey key, CommandId id, CourseCommand command, bool accepted)
    {
        lock (gate) Network ??= key.Network;
        Add(new(AuditActions.Command, accepted ? AuditOutcome.Done : AuditOutcome.Denied)
        {
            Course = key.Course,
            Client = (command as ReferCourse)?.Client,
            Subject = id.Value,
            Detail = AuditWords.CodeOf(command.GetType()),
        });
    }

    /// <summary>Something else, such as a sign-in.</summary>
    public void Add(AuditNote note)
    {
        lock (gate) notes.Add(note);
    }

    /// <summary>What is to be written, once.</summary>
    public (ImmutableArray<AuditNote> Notes, ImmutableArray<ClientId> Shown) Take()
    {
        lock (gate)
        {
            (ImmutableArray<AuditNote>, ImmutableArray<ClientId>) taken = ([.. notes], [.. shown]);
            notes.Clear();
            shown.Clear();
            return taken;
        }
    }

    /// <summary>The client of a course, if this request has learned it.</summary>
    public ClientId? ClientOf(CourseId course)
    {
        lock (gate) return clients.TryGetValue(course, out var client) ? client : null;
    }
}

/// <summary>Something to record, without what the request itself knows: who, when and from where.</summary>
internal sealed record AuditNote(AuditAction Action, AuditOutcome Outcome)
{
    /// <summary>The network, where it is not the request's.</summary>
    public NetworkId? Network { get; init; }
    /// <summary>The actor, where it is not the request's.</summary>
    public AuditActor? Actor { get; init; }
    /// <summary>Whose record.</summary>
    public ClientId? Client { get; init; }
    /// <summary>The course.</summary>
    public CourseId? Course { get; init; }
    /// <summary>What in it.</summary>
    public Guid? Subject { get; init; }
    /// <summary>A short code.</summary>
    public string? Detail { get; init; }
}
