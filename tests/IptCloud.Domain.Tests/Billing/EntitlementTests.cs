using IptCloud.Domain.Billing;

namespace IptCloud.Domain.Tests.Billing;

/// <summary>Entitlements follow from status and time alone, and nobody with a record is ever kept from it.</summary>
public sealed class EntitlementTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(SubscriptionStatus.None, true, Entitlement.Full, Entitlement.Restricted)]
    [InlineData(SubscriptionStatus.Trialing, true, Entitlement.Full, Entitlement.Full)]
    [InlineData(SubscriptionStatus.Active, true, Entitlement.Full, Entitlement.Full)]
    [InlineData(SubscriptionStatus.PastDue, true, Entitlement.Grace, Entitlement.Grace)]
    [InlineData(SubscriptionStatus.Unpaid, true, Entitlement.Restricted, Entitlement.Restricted)]
    [InlineData(SubscriptionStatus.Paused, true, Entitlement.Restricted, Entitlement.Restricted)]
    [InlineData(SubscriptionStatus.Canceled, true, Entitlement.Restricted, Entitlement.Restricted)]
    [InlineData(SubscriptionStatus.Unknown, true, Entitlement.Restricted, Entitlement.Restricted)]
    [InlineData(SubscriptionStatus.Incomplete, true, Entitlement.Full, Entitlement.Restricted)]
    [InlineData(SubscriptionStatus.Incomplete, false, Entitlement.Full, Entitlement.BillingOnly)]
    [InlineData(SubscriptionStatus.IncompleteExpired, true, Entitlement.Full, Entitlement.Restricted)]
    [InlineData(SubscriptionStatus.IncompleteExpired, false, Entitlement.Full, Entitlement.BillingOnly)]
    public void Each_status_has_its_entitlement_while_the_trial_runs_and_after_it(SubscriptionStatus status, bool hasRecords, Entitlement during, Entitlement after)
    {
        Assert.Equal(during, Of(status, now.AddDays(1), hasRecords).At(now));
        Assert.Equal(after, Of(status, now, hasRecords).At(now));
    }

    [Fact]
    public void A_late_payment_changes_nothing_for_fourteen_days_to_the_second()
    {
        var late = new Standing(true, now.AddYears(-1), SubscriptionStatus.PastDue, now, true);
        Assert.Equal(Entitlement.Grace, late.At(now.AddDays(14).AddSeconds(-1)));
        Assert.Equal(Entitlement.Restricted, late.At(now.AddDays(14)));
    }

    [Fact]
    public void Before_a_trial_and_without_billing_everything_is_allowed()
    {
        Assert.Equal(Entitlement.Full, new Standing(true, null, SubscriptionStatus.None, null, false).At(now));
        foreach (var status in Enum.GetValues<SubscriptionStatus>()) Assert.Equal(Entitlement.Full, new Standing(false, now.AddYears(-1), status, now.AddYears(-1), true).At(now));
    }

    [Fact]
    public void Whoever_has_records_is_never_sent_to_billing_only()
    {
        foreach (var status in Enum.GetValues<SubscriptionStatus>())
            foreach (var days in new[] { -400, -1, 0, 1, 400 })
                Assert.NotEqual(Entitlement.BillingOnly, Of(status, now.AddDays(days), true).At(now));
    }

    [Theory]
    [InlineData("incomplete", SubscriptionStatus.Incomplete)]
    [InlineData("incomplete_expired", SubscriptionStatus.IncompleteExpired)]
    [InlineData("trialing", SubscriptionStatus.Trialing)]
    [InlineData("active", SubscriptionStatus.Active)]
    [InlineData("past_due", SubscriptionStatus.PastDue)]
    [InlineData("unpaid", SubscriptionStatus.Unpaid)]
    [InlineData("canceled", SubscriptionStatus.Canceled)]
    [InlineData("paused", SubscriptionStatus.Paused)]
    [InlineData("hibernating", SubscriptionStatus.Unknown)]
    [InlineData("", SubscriptionStatus.None)]
    public void Stripes_words_are_understood_and_new_ones_are_unknown(string word, SubscriptionStatus status) => Assert.Equal(status, StatusWords.Parse(word));

    private static Standing Of(SubscriptionStatus status, DateTimeOffset trialEnds, bool hasRecords) =>
        new(true, trialEnds, status, status == SubscriptionStatus.PastDue ? now.AddDays(-1) : null, hasRecords);
}
