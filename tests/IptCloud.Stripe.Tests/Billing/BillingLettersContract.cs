using IptCloud.Data.Access;
using IptCloud.Data.Billing;

namespace IptCloud.Stripe.Billing;

/// <summary>What owners are told about their bill, and how often.</summary>
public abstract class BillingLettersContract(Func<Task<Till>> open) : IAsyncLifetime
{
    private Till till = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => till = await open();

    public async ValueTask DisposeAsync()
    {
        await till.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task They_name_seats_amounts_invoices_and_days()
    {
        await till.JoinAsync();
        await till.SubscribeAsync();
        Assert.Matches("^£29\\.00\n[A-Z0-9-]+\n26 November 2026$", await till.FactsAsync(LetterTemplate.Receipt));
        await till.JoinAsync();
        Assert.Equal("2 seats\n£58.00", await till.FactsAsync(LetterTemplate.SeatAdded));

        await till.WorkAsync();
        await till.Stripe.DeclineCardsAsync((await till.SubscriptionAsync()).CustomerId, true);
        await till.PassAsync(TimeSpan.FromDays(31));
        var late = (await till.FactsAsync(LetterTemplate.PaymentLate))!.Split('\n');
        Assert.Equal("£87.00", late[0]); // two seats to come, and the second of the month that has gone
        Assert.Equal("10 January 2027", late[2]); // fourteen days after 27 December
        Assert.Equal(1, await till.LettersAsync(LetterTemplate.Receipt));
    }

    [Fact]
    public async Task That_the_trial_ends_is_told_once_a_week_before_with_what_follows()
    {
        var letters = till.Get<TrialLetters>();
        await till.JoinAsync();
        Assert.Equal(0, await letters.QueueAsync(Ct));
        await till.PassAsync(TimeSpan.FromDays(23) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await letters.QueueAsync(Ct));
        await till.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await letters.QueueAsync(Ct));
        Assert.Equal(0, await letters.QueueAsync(Ct));
        Assert.Equal("26 December 2026", await till.FactsAsync(LetterTemplate.TrialEnding));
    }

    [Fact]
    public async Task Whoever_has_subscribed_is_told_what_will_be_charged()
    {
        await till.JoinAsync();
        await till.SubscribeAsync(Till.Opening.AddDays(30));
        await till.PassAsync(TimeSpan.FromDays(25));
        Assert.Equal(1, await till.Get<TrialLetters>().QueueAsync(Ct));
        Assert.Equal("26 December 2026\n£29.00", await till.FactsAsync(LetterTemplate.TrialEnding));
    }
}

public sealed class SqliteBillingLetters() : BillingLettersContract(Till.OnSqliteAsync);

[Trait("Needs", "postgres")]
public sealed class PostgresBillingLetters() : BillingLettersContract(Till.OnPostgresAsync);
