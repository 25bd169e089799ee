using System.Collections.Immutable;
using System.Reflection;
using IptCloud.Data.Journal;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Sessions;

namespace IptCloud.Portal.Courses;

public sealed class CourseWordsTests
{
    public static TheoryData<Type> EventTypes =>
        [.. typeof(CourseEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CourseEvent)) && !t.IsAbstract)];

    [Theory]
    [MemberData(nameof(EventTypes))]
    public void Every_event_has_words_whatever_it_holds(Type type)
    {
        for (var variant = 0; variant < 9; variant++)
        {
            var words = CourseWords.Describe(Recorded((CourseEvent)Make(type, variant)));

            Assert.NotEmpty(words.What);
            Assert.NotEqual(type.Name, words.What);
            Assert.True(char.IsUpper(words.What[0]) || !char.IsLetter(words.What[0]), words.What);
            Assert.DoesNotContain("{", words.What, StringComparison.Ordinal);
            Assert.False(words.What.EndsWith('.'), words.What);
        }
    }

    [Fact]
    public void Registry_and_words_know_the_same_events() =>
        Assert.Equal(EventRegistry.All.Select(e => e.Clr).Order(ByName), EventTypes.Select(t => (Type)t.Data).Order(ByName));

    [Fact]
    public void Long_texts_stay_on_their_own_pages()
    {
        var secret = new string('x', 2000);

        foreach (var e in new CourseEvent[] { new NoteSigned(default, secret, [], []), new FormulationRecorded(1, secret, true), new CourseClosed(CourseEnd.Completed, secret, null, null, null) })
            Assert.DoesNotContain(secret[..50], CourseWords.Describe(Recorded(e)) is var w ? w.What + w.Detail : "", StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_days_come_from_the_course()
    {
        var course = SampleCourse.Begun();
        var sessions = course.Book(2);
        course.Record(sessions[1], AttendanceCode.DidNotAttend);

        var words = CourseWords.Describe(course.Events[^1], course.Context(SampleCourse.Start).Names);

        Assert.Equal("Did not attend: the session of 13 October 2026", words.What);
        Assert.Equal("Dr Siân Whitfield", CourseWords.By(course.Events[^1].Meta, course.Context(SampleCourse.Start).Names));
    }

    [Theory]
    [InlineData("client", "the client")]
    [InlineData("system", null)]
    public void Says_who_did_it(string actor, string? expected) =>
        Assert.Equal(expected, CourseWords.By(new(default, default, actor, null, null, default), CourseNames.None));

    [Fact]
    public void Both_names_stand_where_one_acts_for_another()
    {
        var (a, b) = (new MemberId(Guid.NewGuid()), new MemberId(Guid.NewGuid()));
        var names = new CourseNames(CourseState.Empty, ImmutableDictionary<MemberId, string>.Empty.Add(a, "Ada").Add(b, "Ben"));

        Assert.Equal("Ada on behalf of Ben", CourseWords.By(new(default, default, $"member:{a}", a, b, default), names));
    }

    private static readonly Comparer<Type> ByName = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    private static RecordedEvent Recorded(CourseEvent e) => new(1, Guid.Empty, e, new(SampleCourse.Start, SampleCourse.Start, "system", null, null, default));

    /// <summary>An instance from its constructor; the variant walks through the values of enumerations, nulls and empty texts.</summary>
    private static object Make(Type type, int variant)
    {
        if (type == typeof(string)) return variant % 2 == 0 ? "some words" : "";
        if (type == typeof(int)) return variant;
        if (type == typeof(bool)) return variant % 2 == 0;
        if (type.IsEnum) return Enum.GetValues(type) is var all ? all.GetValue(variant % all.Length)! : 0;
        if (type == typeof(DateTimeOffset)) return SampleCourse.Start;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return MakeArray(type.GetGenericArguments()[0], 1 + variant % 2, variant);
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        if (constructor is null || constructor.GetParameters().Length == 0 || type.Namespace?.StartsWith("IptCloud", StringComparison.Ordinal) != true) return Activator.CreateInstance(type)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Argument(p, variant))]);
    }

    private static object? Argument(ParameterInfo parameter, int variant)
    {
        var optional = Nullable.GetUnderlyingType(parameter.ParameterType) is not null || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        return optional && variant % 3 == 0 ? null : Make(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, variant);
    }

    private static object MakeArray(Type item, int count, int variant)
    {
        var items = Array.CreateInstance(item, count);
        for (var i = 0; i < count; i++) items.SetValue(Make(item, variant), i);
        return typeof(ImmutableArray).GetMethods().First(m => m is { Name: "Create", IsGenericMethod: true } && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item).Invoke(null, [items])!;
    }
}
