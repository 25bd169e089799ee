using System.Collections.Concurrent;
using CsCheck;

namespace IptCloud.Domain.Tests.Courses;

/// <summary>Whatever is done to a course in whatever order, its invariants hold (they are checked after every accepted command).</summary>
public sealed class CommandProperties
{
    private static readonly Gen<Step[]> Steps = Gen.Select(Gen.OneOf(Gen.Int[0, 29], Gen.Int[0, 29], Gen.Int[27, 28], Gen.Const(24)), Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Int[0, 60]).Select((k, a, b, h) => new Step(k, a, b, h)).Array[1, 120];

    [Fact]
    public void The_invariants_hold_along_any_course_and_every_event_was_met_on_the_way()
    {
        var met = new ConcurrentDictionary<Type, bool>();
        Gen.Select(Steps, Gen.Int[0, 999], Gen.Int[0, 4]).Sample((steps, zones, perWeek) =>
        {
            var random = new RandomCourse(zones, perWeek);
            foreach (var step in steps) random.Take(step);
            random.Course.WakeFor(TimeSpan.FromDays(60));
            Assert.DoesNotContain(random.Course.Due, d => d.DueAt <= random.Course.Now);
            foreach (var (e, _) in random.Course.Journal) met.TryAdd(e.GetType(), true);
        }, iter: Math.Max(1_000, Check.Iter)); // the rarest event comes about thirty times
        Assert.Empty(Arbitrary.Concrete<CourseEvent>().Except(met.Keys).Select(t => t.Name));
    }

    [Fact]
    public void Any_command_at_all_is_decided_and_never_crashes() =>
        Gen.Select(Steps, Arbitrary.AnyOf<CourseCommand>(wild: true).Array[1, 40], Gen.Int[0, 999]).Sample((steps, commands, zones) =>
        {
            var random = new RandomCourse(zones, 3);
            foreach (var step in steps.Take(30)) random.Take(step);
            foreach (var command in commands)
                foreach (var actor in new[] { Actor.Of(random.Course.State.Therapist, Roles.Therapist, Clinic.Here), Clinic.Client, Clinic.Worker })
                    random.Course.Execute(command, actor);
        });

    [Fact]
    public void Deciding_reads_nothing_but_its_arguments() =>
        Gen.Select(Steps, Gen.Int[0, 999]).Sample((steps, zones) =>
        {
            RandomCourse Run()
            {
                var random = new RandomCourse(zones, 3);
                foreach (var step in steps) random.Take(step);
                return random;
            }

            Assert.Equal(Run().Course.Journal.Select(e => e.Event.ToString()), Run().Course.Journal.Select(e => e.Event.ToString()));
        }, iter: 20);
}
