namespace IptCloud.Domain.Homework;

/// <summary>Every refusal about homework and the inventory.</summary>
public static class HomeworkRefusals
{
    /// <summary>No such task.</summary>
    public static Refusal Unknown { get; } = new("homework.unknown", "", "There is no such task.");

    /// <summary>Answered already.</summary>
    public static Refusal Answered { get; } = new("homework.answered", "", "This was already answered. Thank you.");

    /// <summary>The window has passed.</summary>
    public static Refusal Expired { get; } = new("homework.expired", "", "The time for this has passed. You can talk about it when you meet.");

    /// <summary>Due in the past.</summary>
    public static Refusal DueInPast { get; } = new("homework.due-in-past", "dueOn", "Choose a day from today on, within a year.");
}
