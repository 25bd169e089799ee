using IptCloud.Contracts.Courses;
using IptCloud.Data.Messages;
using IptCloud.Data.Networks;
using IptCloud.Domain.Courses;

namespace IptCloud.Portal.Links;

/// <summary>How a browser stands to a link.</summary>
internal enum LinkState
{
    /// <summary>There is no such link.</summary>
    Unknown,
    /// <summary>Another browser came first.</summary>
    Elsewhere,
    /// <summary>Its window has passed, or the course has ended.</summary>
    Closed,
    /// <summary>Everything behind it was done.</summary>
    Used,
    /// <summary>Nobody has started.</summary>
    Fresh,
    /// <summary>This browser's, with something left to do.</summary>
    Mine,
}

/// <summary>A link as one request finds it.</summary>
/// <param name="Browser">What the link is bound to in this browser; null without a cookie.</param>
internal sealed record LinkVisit(LinkState State, string Token, TaskLink? Link = null, Clinic? Clinic = null, TaskForm? Form = null, string? Browser = null)
{
    /// <summary>The pages; only where the link can be used, or was used up by this browser.</summary>
    public LinkPlan? Plan { get; } = Form is null ? null : new(Token, Form);

    /// <summary>The course behind it.</summary>
    public CourseKey Course => Link!.Course;

    /// <summary>True if this browser did what was to be done.</summary>
    public bool IsDoneHere => State == LinkState.Used && Plan is not null;
}
