using IptCloud.Grains.Networks;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Grains.Courses;

/// <summary>Registers the course grain and the call filters.</summary>
public static class CoursesHosting
{
    /// <summary>Adds what a silo needs to run courses. Filters are listed here once, in order.</summary>
    public static ISiloBuilder AddCourses(this ISiloBuilder silo)
    {
        silo.AddIncomingGrainCallFilter<OutageFilter>();
        silo.AddIncomingGrainCallFilter<NetworkFilter>();
        silo.Services.AddSingleton<CourseFacts>();
        silo.Services.AddSingleton<CourseSnapshots>();
        return silo;
    }
}
