using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Billing;

/// <summary>How the rows of billing are stored.</summary>
internal static class BillingTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<SeatsRow>(e =>
        {
            e.ToTable("seats", t => t.HasCheckConstraint("ck_seats_used", "used <= granted and granted <= ceiling and used >= 0")).HasKey(x => x.NetworkId);
        });
        builder.Entity<SubscriptionRow>().ToTable("subscriptions").HasKey(x => x.NetworkId);
        builder.Entity<SeatOrderRow>(e =>
        {
            e.ToTable("seat_outbox").HasKey(x => new { x.NetworkId, x.OrderId });
            e.HasIndex(x => new { x.State, x.VisibleAt });
        });
        builder.Entity<InvoiceRow>().ToTable("invoices").HasKey(x => new { x.NetworkId, x.InvoiceId });
        builder.Entity<SeatCheckRow>().ToTable("seat_checks").HasKey(x => new { x.NetworkId, x.At });
        builder.Entity<BillingCustomerRow>().ToTable("billing_customers").HasKey(x => x.CustomerId);
        builder.Entity<BillingEventRow>(e =>
        {
            e.ToTable("billing_events").HasKey(x => x.EventId);
            e.HasIndex(x => new { x.State, x.VisibleAt });
        });
    }
}
