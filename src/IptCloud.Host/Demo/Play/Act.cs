using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Networks;

namespace IptCloud.Host.Demo.Play;

/// <summary>What somebody wants to do next, and when.</summary>
/// <param name="Steps">Commands in one go, such as the answers of a form.</param>
internal sealed record Act(DateTimeOffset At, Actor Actor, ImmutableArray<Step> Steps)
{
    public static Act Of(DateTimeOffset at, Actor actor, string key, CourseCommand command) => new(at, actor, [new(key, command)]);
}

/// <summary>One command of a story. The key is unique in its course and the same on every run: the command's id is derived from it.</summary>
internal readonly record struct Step(string Key, CourseCommand Command);
