using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Sessions;
using IptCloud.Portal.Courses;
using Microsoft.AspNetCore.Components;

namespace IptCloud.Portal.Sessions;

/// <summary>A page about one session of a course.</summary>
public abstract class SessionPage : CoursePage
{
    /// <summary>The session's id, from the address.</summary>
    [Parameter] public string SessionId { get; set; } = "";

    /// <summary>The session.</summary>
    protected Session Session { get; private set; } = default!;

    /// <summary>Its page.</summary>
    protected string Here => Context!.Href(Session.Id);

    /// <inheritdoc />
    protected override Task LoadAsync(IptCloudDb db)
    {
        Session = TypedId.TryParse<SessionId>(SessionId, out var id) && State.Session(id) is { } found ? found : null!;
        if (Session is null) Context = null;
        return Task.CompletedTask;
    }
}
