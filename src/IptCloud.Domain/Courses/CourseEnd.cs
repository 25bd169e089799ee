using System.Text.Json.Serialization;

namespace IptCloud.Domain.Courses;

/// <summary>Where a course stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CourseStatus>))]
public enum CourseStatus
{
    /// <summary>There is no such course.</summary>
    None,
    /// <summary>Referred, not begun.</summary>
    Referred,
    /// <summary>Being treated.</summary>
    Active,
    /// <summary>On hold.</summary>
    OnHold,
    /// <summary>Ended.</summary>
    Closed,
}

/// <summary>How a course ended (domain.md §1.4a); each maps to one NHS end code (§8).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CourseEnd>))]
public enum CourseEnd
{
    /// <summary>All of the ending done; NHS 46.</summary>
    Completed,
    /// <summary>Remitted and agreed before the planned end; NHS 46.</summary>
    CompletedEarly,
    /// <summary>The client ended earlier than planned; NHS 47.</summary>
    EndedByClient,
    /// <summary>The service ended earlier than the client wished; NHS 48.</summary>
    EndedByService,
    /// <summary>Referred on by agreement; NHS 13.</summary>
    ReferredOn,
    /// <summary>Moved to another service; NHS 13.</summary>
    TransferredOut,
    /// <summary>The client died; NHS 49.</summary>
    Died,
}

/// <summary>National codes of how a course ended.</summary>
public static class CourseEnds
{
    /// <summary>The NHS Talking Therapies end code (domain.md §8 [NHSE-SQL]).</summary>
    public static string NhsCode(this CourseEnd end) => end switch
    {
        CourseEnd.Completed or CourseEnd.CompletedEarly => "46",
        CourseEnd.EndedByClient => "47",
        CourseEnd.EndedByService => "48",
        CourseEnd.Died => "49",
        _ => "13",
    };
}
