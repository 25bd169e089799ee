using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IptCloud.Portal.Courses;

/// <summary>What the course and session pages need.</summary>
public static class CoursePages
{
    /// <summary>Registers what the course and session pages need beside the portal's own.</summary>
    public static IServiceCollection AddCoursePages(this IServiceCollection services)
    {
        services.TryAddSingleton<CourseOutbox>();
        return services;
    }
}
