using IptCloud.Domain.Courses;
using IptCloud.Domain.Sessions;
using IptCloud.Portal.Courses;

namespace IptCloud.Portal.Networks;

public sealed class DiaryWordsTests
{
    [Fact]
    public void Sessions_to_come_stand_soonest_first_and_one_that_is_over_is_not_among_them()
    {
        var course = SampleCourse.Begun();
        var s = course.Book(4);
        course.Record(s[0], AttendanceCode.Attended).Record(s[3], AttendanceCode.CancelledByClient);
        var diary = Diary(course);

        Assert.Equal([s[1], s[2]], DiaryWords.Coming(diary, SampleCourse.Start.AddDays(1)).Select(c => c.Id));
        Assert.Equal([s[2]], DiaryWords.Coming(diary, SampleCourse.Start.AddDays(8)).Select(c => c.Id));
        Assert.Equal([s[1]], diary.Sessions.Where(c => DiaryWords.IsUnrecorded(c, SampleCourse.Start.AddDays(8))).Select(c => c.Id));
    }

    [Fact]
    public void It_says_why_nothing_can_be_booked()
    {
        var course = SampleCourse.Begun();
        Assert.Null(DiaryWords.WhyNoBooking(Diary(course)));

        course.Book(16);

        Assert.StartsWith("All planned sessions are booked or held.", DiaryWords.WhyNoBooking(Diary(course)), StringComparison.Ordinal);
        Assert.StartsWith("The course is on hold.", DiaryWords.WhyNoBooking(Diary(course) with { Status = CourseStatus.OnHold }), StringComparison.Ordinal);
    }

    private static CourseDiary Diary(SampleCourse course) => CourseDiary.Of(course.Context(SampleCourse.Start).View.Key, course.State);
}
