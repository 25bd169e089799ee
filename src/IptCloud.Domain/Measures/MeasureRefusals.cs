namespace IptCloud.Domain.Measures;

/// <summary>Every refusal about measures, homework, inventory and alerts.</summary>
public static class MeasureRefusals
{
    /// <summary>No such form.</summary>
    public static Refusal Unknown { get; } = new("measure.unknown", "", "There is no such form.");

    /// <summary>Handed in already.</summary>
    public static Refusal Submitted { get; } = new("measure.submitted", "", "This form was already handed in. Thank you.");

    /// <summary>The window has passed.</summary>
    public static Refusal Expired { get; } = new("measure.expired", "", "The time for this form has passed. Ask your clinic for a new link.");

    /// <summary>No such question or answer.</summary>
    public static Refusal BadAnswer { get; } = new("measure.bad-answer", "answer", "Choose one of the answers.");

    /// <summary>Not complete.</summary>
    public static Refusal NothingAnswered { get; } = new("measure.nothing-answered", "answers", "Enter at least one answer.");

    /// <summary>Not handed in yet.</summary>
    public static Refusal NotSubmitted { get; } = new("measure.not-submitted", "", "This form has not been handed in yet.");
}
