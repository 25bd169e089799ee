namespace IptCloud.StripeSimulator.Pages;

/// <summary>A page, or where to go instead.</summary>
/// <param name="Leaves">The addresses that forms of this page lead to, besides the simulator itself.</param>
internal sealed record PageAnswer(string? Body, int Status = 200, string? Location = null, params IReadOnlyList<string?> Leaves)
{
    public static PageAnswer Go(string location) => new(null, 303, location);

    public static PageAnswer Missing => new(Html.Page("There is nothing here", "<p>The address is wrong or no longer valid.</p>"), 404);
}
