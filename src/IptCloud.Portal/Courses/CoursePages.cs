using IptCloud.Data.Courses;
using IptCloud.Data.Sessions;
using IptCloud.Portal.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IptCloud.Portal.Courses;

/// <summary>What the course and session pages need.</summary>
public static class CoursePages
{
    /// <summary>Registers the services of the course and session pages.</summary>
    public static IServiceCollection AddCoursePages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.TryAddScoped<SignedIn>();
        services.TryAddScoped<CourseCalls>();
        services.TryAddSingleton<CourseHistory>();
        services.TryAddSingleton<NoteDrafts>();
        services.TryAddSingleton<CourseOutbox>();
        return services;
    }
}
