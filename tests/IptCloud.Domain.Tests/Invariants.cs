namespace IptCloud.Domain.Tests;

/// <summary>What must hold of every state that commands can lead to; checked after each accepted command of every test.</summary>
public static class Invariants
{
    public static void Hold(CourseDriver course)
    {
        var s = course.State;
        Numbers(s);
        ClientIsLeftInPeace(s);
        Assert.Equal(s.Sessions.Length, s.Sessions.Select(t => t.Id).Distinct().Count());
        Assert.Equal(s.Sessions.Select(t => t.Time.StartsAt).Order(), s.Sessions.Select(t => t.Time.StartsAt));
        Assert.All(s.Sessions, t => Assert.True(t.NoticeAt is null || t.Attendance == AttendanceCode.DidNotAttend));
        Assert.Equal(Enumerable.Range(1, s.Formulations.Length), s.Formulations.Select(f => f.Version));
        Assert.True(s.Status is CourseStatus.None or CourseStatus.Referred || s.Phases is [] || s.Phases[^1].Phase == s.Phase);
        Assert.Equal(s.Status == CourseStatus.OnHold, s.HeldSince is not null && s.Status != CourseStatus.Closed);
        Assert.Equal(s.Status == CourseStatus.Closed, s.Closing is not null);
        var intents = s.Messages.SelectMany(m => m.Intents).ToList();
        Assert.Equal(intents.Count, intents.Distinct().Count());
    }

    /// <summary>1 … n in the order of their start, over attended sessions and no others.</summary>
    public static void Numbers(CourseState s)
    {
        Assert.Equal(Enumerable.Range(1, s.AttendedCount), s.Sessions.Where(t => t.WasAttended).Select(t => t.Number ?? 0));
        Assert.All(s.Sessions, t => Assert.Equal(t.WasAttended, t.Number is not null));
    }

    /// <summary>Nothing for the client is due while the course is on hold, closed, or an alert is open.</summary>
    public static void ClientIsLeftInPeace(CourseState s)
    {
        if (s.Status is not CourseStatus.Active || s.HasOpenAlert) Assert.DoesNotContain(DueWork.Of(s), d => d.IsForClient);
    }

    /// <summary>At most one message a day and so many a week, none in the client's night. Staff messages are at any hour.</summary>
    public static void Messages(CourseDriver course)
    {
        var sent = course.ToClient.Select(m => m.NotBefore).ToList();
        foreach (var (at, i) in sent.Select((at, i) => (at, i)))
        {
            var local = LocalTime.ToLocal(at, course.Client.Zone);
            Assert.InRange(TimeOnly.FromDateTime(local), course.Policy.QuietUntil, course.Policy.QuietFrom.AddMinutes(-1).Add(TimeSpan.FromSeconds(59.99)));
            if (i > 0) Assert.NotEqual(DateOnly.FromDateTime(local), LocalTime.DateOf(sent[i - 1], course.Client.Zone));
            Assert.InRange(sent.Count(other => other > at.AddDays(-7) && other <= at), 1, course.Policy.MessagesPerWeek);
        }
    }
}
