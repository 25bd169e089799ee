using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Pages;

/// <summary>The developer's page.</summary>
internal static class IndexPage
{
    private const int Shown = 50;

    public static PageAnswer Show(Work work, SimulatorFaults faults)
    {
        Cycle.Run(work, null, work.Now());
        var customers = work.All("customer").Where(customer => !customer.IsDeleted()).ToList();
        var waiting = work.Query("select count(*) from deliveries where next_try is not null", row => row.GetInt64(0))[0];
        return new PageAnswer(Html.Page("Developer", $"""
            <section aria-label="Clock">
            <h2>Clock</h2>
            <p>It is {Html.Moment(work.Now())} here{(work.Offset == 0 ? "" : $", {work.Offset / Due.Day} days ahead")}. The clock moves forward only.</p>
            <div class="buttons">{Move(Due.Day, "A day on")}{Move(7 * Due.Day, "A week on")}{Move(NextMonth(work.Now()), "A month on")}</div>
            </section>
            <section aria-label="Customers">
            <h2>Customers</h2>
            {(customers.Count == 0 ? "<p>None yet.</p>" : string.Concat(customers.Take(Shown).Select(customer => Customer(work, customer))))}
            {(customers.Count > Shown ? $"<p>And {customers.Count - Shown} more.</p>" : "")}
            </section>
            <section aria-label="Faults">
            <h2>Faults</h2>
            <p>{waiting} deliveries wait.</p>
            <form method="post" action="/_sim/faults" class="stack">
            {FaultForm.Fields(faults)}
            <div class="buttons"><button class="main">Set faults</button></div>
            </form>
            </section>
            """));
    }

    private static string Move(long seconds, string label) =>
        Html.Button("/_sim/advance", "advance", label, hidden: Html.Hidden("seconds", Money.Decimal(seconds)));

    private static long NextMonth(long now) => DateTimeOffset.FromUnixTimeSeconds(now).AddMonths(1).ToUnixTimeSeconds() - now;

    private static string Customer(Work work, System.Text.Json.Nodes.JsonObject customer)
    {
        var declined = customer.Notes().Flag("declined");
        var name = customer.Text("name") ?? customer.Text("email") ?? customer.Id();
        return $"""
            <article aria-label="{Html.Encode(name)}">
            <h3>{Html.Encode(name)}</h3>
            <p class="id">{Html.Encode(customer.Id())}</p>
            <ul class="plain">{string.Concat(work.All("subscription", customer.Id()).Select(s =>
                $"<li><span class=\"id\">{Html.Encode(s.Id())}</span>: {Html.Encode(s.Text("status"))}, {s.Data("items").Sum(item => item.Number("quantity"))} seats{(s.Number("cancel_at") is { } end && s.Text("status") != "canceled" ? $", ends {Html.Day(end)}" : "")}</li>"))}</ul>
            {Html.Button("/_sim/decline", "decline", declined ? "Let the card work again" : "Decline the card from now on",
                hidden: Html.Hidden("customer", customer.Id()) + Html.Hidden("declined", declined ? "0" : "1"))}
            </article>
            """;
    }
}
