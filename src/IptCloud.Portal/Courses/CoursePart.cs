using IptCloud.Domain.Courses;
using Microsoft.AspNetCore.Components;

namespace IptCloud.Portal.Courses;

/// <summary>A part of a course page: it reads the course from the page around it.</summary>
public abstract class CoursePart : ComponentBase
{
    /// <summary>The course.</summary>
    [CascadingParameter] public CourseContext Context { get; set; } = default!;

    /// <summary>The page around it.</summary>
    [CascadingParameter] public CoursePage Page { get; set; } = default!;

    /// <summary>The course's state.</summary>
    protected CourseState State => Context.State;

    /// <summary>The address of the course's page.</summary>
    protected string Root => Context.Root;
}
