namespace IptCloud.Domain.Tests.Billing;

/// <summary>Invariant 10: a network that does not pay starts nothing new, and everything that runs goes on whole.</summary>
public sealed class RestrictedTests
{
    [Fact]
    public void Nobody_is_referred_and_a_running_course_goes_on()
    {
        CourseDriver c = new CourseDriver().Referred();
        var restricted = c.ClinicFacts with { IsRestricted = true };
        c.ClinicFacts = restricted;
        c.Do(new StartCourse());
        c.Agreed();
        var ids = c.Book(3);
        c.Attend(ids[0]);
        c.Attend(ids[1], AttendanceCode.DidNotAttend);
        c.WakeUntil(c.Session(ids[2]).EndsAt);
        Assert.Contains(c.State.Messages, m => m.Audience == MessageAudience.Client); // it still writes to its client

        CourseDriver next = new() { ClinicFacts = restricted };
        var refused = next.Try(new ReferCourse(Clinic.Sam, Clinic.TherapistId, Clinic.Here, next.ProtocolId, next.ProtocolVersion, "Low."), Clinic.Admin);
        Assert.Equal("billing.restricted", Assert.Single(refused.Refusals).Code);
    }
}
