namespace IptCloud.Contracts.Courses;

/// <summary>Another activation of the course wrote first. Nothing was lost; the same command may be sent again.</summary>
public sealed class CourseConflictException : Exception
{
    /// <summary>Says what to do.</summary>
    public CourseConflictException() : base("The course changed at the same moment. Send the command again.")
    {
    }

    /// <summary>Made by serializers.</summary>
    public CourseConflictException(string message) : base(message)
    {
    }

    /// <summary>Made by serializers.</summary>
    public CourseConflictException(string message, Exception inner) : base(message, inner)
    {
    }
}
