using IptCloud.StripeSimulator.Webhooks;
using Stripe;
using Stripe.Checkout;
using Portal = Stripe.BillingPortal;

namespace IptCloud.StripeSimulator.Contract;

/// <summary>A run through all operations that the simulator knows, as Stripe's own library sends them.</summary>
internal static class EveryOperation
{
    public static async Task RunAsync(Shop shop)
    {
        var customer = await CustomersAsync(shop);
        await CatalogueAsync(shop);
        await CheckoutAsync(shop);
        await SubscriptionsAsync(shop, customer);
        await InvoicesAsync(shop, customer);
        await PortalAsync(shop, customer);
        await WebhooksAsync(shop);
        await ClocksAsync(shop);
    }

    private static async Task<Customer> CustomersAsync(Shop shop)
    {
        var stripe = shop.Stripe;
        var customer = await stripe.Customers.CreateAsync(new CustomerCreateOptions
        {
            Name = "North Clinic",
            Email = "billing@north.example",
            Phone = "+49 30 1234",
            Description = "A network",
            Address = new AddressOptions { Line1 = "Hauptstr. 1", City = "Berlin", PostalCode = "10115", Country = "DE" },
            Metadata = new() { ["network_id"] = "1" },
            TaxIdData = [new CustomerTaxIdDataOptions { Type = "eu_vat", Value = "DE123456789" }],
            PreferredLocales = ["de", "en"],
            TaxExempt = "none",
        });
        var method = await stripe.PaymentMethods.AttachAsync("pm_card_visa", new PaymentMethodAttachOptions { Customer = customer.Id });
        var other = await stripe.PaymentMethods.AttachAsync("pm_card_visa", new PaymentMethodAttachOptions { Customer = customer.Id });
        await stripe.PaymentMethods.DetachAsync(other.Id);
        await stripe.PaymentMethods.GetAsync(method.Id, new PaymentMethodGetOptions { Expand = ["customer"] });
        await stripe.PaymentMethods.ListAsync(new PaymentMethodListOptions { Customer = customer.Id, Type = "card", Limit = 3 });
        await stripe.Customers.PaymentMethods.ListAsync(customer.Id, new CustomerPaymentMethodListOptions { Type = "card" });
        await stripe.Customers.UpdateAsync(customer.Id, new CustomerUpdateOptions
        {
            Name = "North Clinics",
            Address = new AddressOptions { Line1 = "Hauptstr. 2", City = "Berlin", PostalCode = "10115", Country = "DE" },
            Metadata = new() { ["network_id"] = "1", ["plan"] = "seats" },
            InvoiceSettings = new CustomerInvoiceSettingsOptions { DefaultPaymentMethod = method.Id },
        });
        var tax = await stripe.Customers.TaxIds.CreateAsync(customer.Id, new CustomerTaxIdCreateOptions { Type = "gb_vat", Value = "GB123456789" });
        await stripe.Customers.TaxIds.ListAsync(customer.Id);
        await stripe.Customers.TaxIds.DeleteAsync(customer.Id, tax.Id);
        await stripe.Customers.GetAsync(customer.Id, new CustomerGetOptions { Expand = ["tax_ids", "subscriptions", "invoice_settings.default_payment_method"] });
        await stripe.Customers.ListAsync(new CustomerListOptions { Email = "billing@north.example" });
        await stripe.Customers.DeleteAsync((await stripe.Customers.CreateAsync(new CustomerCreateOptions())).Id);
        return customer;
    }

    private static async Task CatalogueAsync(Shop shop)
    {
        var stripe = shop.Stripe;
        var product = await stripe.Products.CreateAsync(new ProductCreateOptions { Id = "seat", Name = "Seat", Description = "One therapist", TaxCode = "txcd_10103001", UnitLabel = "seat", Metadata = new() { ["kind"] = "seat" } });
        await stripe.Products.UpdateAsync(product.Id, new ProductUpdateOptions { Name = "Therapist seat", Active = true });
        await stripe.Products.GetAsync(product.Id);
        await stripe.Products.ListAsync(new ProductListOptions { Active = true, Ids = ["seat"] });
        var price = await stripe.Prices.CreateAsync(new PriceCreateOptions
        {
            Product = product.Id,
            Currency = "eur",
            UnitAmount = 49_000,
            LookupKey = "seat_year",
            TransferLookupKey = true,
            Nickname = "Yearly",
            TaxBehavior = "exclusive",
            BillingScheme = "per_unit",
            Recurring = new PriceRecurringOptions { Interval = "year", IntervalCount = 1, UsageType = "licensed" },
        });
        await stripe.Prices.UpdateAsync(price.Id, new PriceUpdateOptions { Nickname = "By the year", Active = true });
        await stripe.Prices.GetAsync(price.Id, new PriceGetOptions { Expand = ["product"] });
        await stripe.Prices.ListAsync(new PriceListOptions { LookupKeys = ["seat_year", "seat_month"], Active = true, Type = "recurring", Expand = ["data.product"] });
    }

    private static async Task CheckoutAsync(Shop shop)
    {
        var stripe = shop.Stripe;
        var customer = await shop.CustomerAsync(card: null);
        var create = new SessionCreateOptions
        {
            Mode = "subscription",
            Customer = customer.Id,
            ClientReferenceId = "network-1",
            SuccessUrl = "https://app.example/billing?session={CHECKOUT_SESSION_ID}",
            CancelUrl = "https://app.example/billing",
            LineItems = [new SessionLineItemOptions { Price = shop.Price.Id, Quantity = 5 }],
            PaymentMethodCollection = "always",
            CustomerUpdate = new SessionCustomerUpdateOptions { Name = "auto", Address = "auto" },
            TaxIdCollection = new SessionTaxIdCollectionOptions { Enabled = true },
            AutomaticTax = new SessionAutomaticTaxOptions { Enabled = true },
            BillingAddressCollection = "required",
            AllowPromotionCodes = true,
            ExpiresAt = Shop.Start.AddHours(2).UtcDateTime,
            Metadata = new() { ["network_id"] = "1" },
            SubscriptionData = new SessionSubscriptionDataOptions
            {
                TrialEnd = Shop.Start.AddDays(14).UtcDateTime,
                Description = "Therapist seats",
                Metadata = new() { ["network_id"] = "1" },
                TrialSettings = new SessionSubscriptionDataTrialSettingsOptions
                {
                    EndBehavior = new SessionSubscriptionDataTrialSettingsEndBehaviorOptions { MissingPaymentMethod = "cancel" },
                },
            },
        };
        var paid = await stripe.Checkout.Sessions.CreateAsync(create);
        await shop.PressAsync(new Uri(paid.Url).AbsolutePath, "pay");
        create.SubscriptionData.TrialEnd = null;
        create.SubscriptionData.TrialPeriodDays = 14;
        var expired = await stripe.Checkout.Sessions.CreateAsync(create);
        await stripe.Checkout.Sessions.ExpireAsync(expired.Id);
        await stripe.Checkout.Sessions.GetAsync(paid.Id, new SessionGetOptions { Expand = ["subscription.latest_invoice", "line_items", "customer"] });
        await stripe.Checkout.Sessions.LineItems.ListAsync(paid.Id);
        await stripe.Checkout.Sessions.ListAsync(new SessionListOptions { Customer = customer.Id, Status = "complete" });
    }

    private static async Task SubscriptionsAsync(Shop shop, Customer customer)
    {
        var stripe = shop.Stripe;
        var subscription = await shop.SubscribeAsync(customer, more: create =>
        {
            create.Metadata = new() { ["network_id"] = "1" };
            create.Description = "Seats";
            create.PaymentBehavior = "allow_incomplete";
            create.ProrationBehavior = "create_prorations";
            create.OffSession = true;
            create.Expand = ["latest_invoice.payments"];
        });
        var item = subscription.Items.Data[0];
        await stripe.Subscriptions.UpdateAsync(subscription.Id, new SubscriptionUpdateOptions
        {
            Items = [new SubscriptionItemOptions { Id = item.Id, Quantity = 7 }],
            ProrationBehavior = "always_invoice",
            ProrationDate = Shop.Start.UtcDateTime,
            PaymentBehavior = "pending_if_incomplete",
            Expand = ["latest_invoice"],
        });
        await stripe.Subscriptions.UpdateAsync(subscription.Id, new SubscriptionUpdateOptions { CancelAtPeriodEnd = true, CancellationDetails = new SubscriptionCancellationDetailsOptions { Comment = "Too small", Feedback = "unused" } });
        await stripe.Subscriptions.UpdateAsync(subscription.Id, new SubscriptionUpdateOptions { CancelAtPeriodEnd = false, Metadata = new() { ["network_id"] = "1" } });
        await stripe.SubscriptionItems.UpdateAsync(item.Id, new SubscriptionItemUpdateOptions { Quantity = 6, ProrationBehavior = "create_prorations" });
        await stripe.SubscriptionItems.GetAsync(item.Id);
        await stripe.SubscriptionItems.ListAsync(new SubscriptionItemListOptions { Subscription = subscription.Id });
        await stripe.Subscriptions.GetAsync(subscription.Id, new SubscriptionGetOptions { Expand = ["items.data.price.product", "latest_invoice", "customer", "default_payment_method"] });
        await stripe.Subscriptions.ListAsync(new SubscriptionListOptions { Customer = customer.Id, Status = "all", Limit = 20, Created = new DateRangeOptions { GreaterThanOrEqual = Shop.Start.UtcDateTime } });

        await shop.Server.DeclineCardsAsync(customer.Id, true);
        await shop.SeatsAsync(subscription, 9, payment: "pending_if_incomplete");
        await shop.Server.DeclineCardsAsync(customer.Id, false);
        var open = await stripe.Invoices.ListAsync(new InvoiceListOptions { Customer = customer.Id, Status = "open" });
        await stripe.Subscriptions.GetAsync(subscription.Id);
        await stripe.Invoices.VoidInvoiceAsync(open.Data[0].Id);
        await stripe.InvoiceItems.ListAsync(new InvoiceItemListOptions { Customer = customer.Id, Pending = true });

        var trial = await shop.SubscribeAsync(customer, trialDays: 14);
        await stripe.Subscriptions.UpdateAsync(trial.Id, new SubscriptionUpdateOptions { TrialEnd = SubscriptionTrialEnd.Now });
        await stripe.Subscriptions.CancelAsync(trial.Id, new SubscriptionCancelOptions { InvoiceNow = true, Prorate = true, CancellationDetails = new SubscriptionCancellationDetailsOptions { Feedback = "other" } });

        var poor = await shop.CustomerAsync(card: null);
        var paused = await shop.SubscribeAsync(poor, trialDays: 1, more: create => create.TrialSettings = new SubscriptionTrialSettingsOptions
        {
            EndBehavior = new SubscriptionTrialSettingsEndBehaviorOptions { MissingPaymentMethod = "pause" },
        });
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(1));
        await stripe.Customers.UpdateAsync(poor.Id, new CustomerUpdateOptions { InvoiceSettings = new CustomerInvoiceSettingsOptions { DefaultPaymentMethod = "pm_card_visa" } });
        await stripe.Subscriptions.ResumeAsync(paused.Id, new SubscriptionResumeOptions { BillingCycleAnchor = new SubscriptionBillingCycleAnchorOptions { Type = "now" }, ProrationBehavior = "none" });
    }

    private static async Task InvoicesAsync(Shop shop, Customer customer)
    {
        var stripe = shop.Stripe;
        var subscription = (await stripe.Subscriptions.ListAsync(new SubscriptionListOptions { Customer = customer.Id })).Data[^1];
        var preview = new InvoiceCreatePreviewOptions
        {
            Customer = customer.Id,
            Subscription = subscription.Id,
            SubscriptionDetails = new InvoiceSubscriptionDetailsOptions
            {
                Items = [new InvoiceSubscriptionDetailsItemOptions { Id = subscription.Items.Data[0].Id, Quantity = 12 }],
                ProrationBehavior = "always_invoice",
                ProrationDate = Shop.Start.AddDays(1).UtcDateTime,
            },
        };
        await stripe.Invoices.CreatePreviewAsync(preview);
        preview.SubscriptionDetails.ProrationBehavior = "create_prorations";
        await stripe.Invoices.CreatePreviewAsync(preview);
        var paid = (await stripe.Invoices.ListAsync(new InvoiceListOptions { Subscription = subscription.Id, Status = "paid", Limit = 1 })).Data[0];
        await stripe.Invoices.ListAsync(new InvoiceListOptions { Customer = customer.Id, Limit = 2, StartingAfter = paid.Id });
        await stripe.Invoices.GetAsync(paid.Id, new InvoiceGetOptions { Expand = ["customer", "payments"] });
        await stripe.Invoices.LineItems.ListAsync(paid.Id, new InvoiceLineItemListOptions { Limit = 100 });
        var note = await stripe.CreditNotes.CreateAsync(new CreditNoteCreateOptions
        {
            Invoice = paid.Id,
            Amount = 100,
            RefundAmount = 100,
            Reason = "duplicate",
            Memo = "Bought twice",
            Metadata = new() { ["network_id"] = "1" },
        });
        await stripe.CreditNotes.GetAsync(note.Id);
        await stripe.CreditNotes.ListAsync(new CreditNoteListOptions { Invoice = paid.Id });
        await stripe.Refunds.ListAsync(new RefundListOptions { Limit = 1 });

        var late = await shop.CustomerAsync("pm_card_chargeCustomerFail");
        var unpaid = await shop.SubscribeAsync(late);
        var works = await stripe.PaymentMethods.AttachAsync("pm_card_visa", new PaymentMethodAttachOptions { Customer = late.Id });
        await stripe.Invoices.PayAsync(unpaid.LatestInvoiceId, new InvoicePayOptions { PaymentMethod = works.Id, OffSession = true });
    }

    private static async Task PortalAsync(Shop shop, Customer customer)
    {
        var configurations = shop.Stripe.BillingPortal.Configurations;
        var configuration = await configurations.CreateAsync(new Portal.ConfigurationCreateOptions
        {
            Name = "Seats",
            DefaultReturnUrl = "https://app.example/billing",
            BusinessProfile = new Portal.ConfigurationBusinessProfileOptions { Headline = "Therapist seats", PrivacyPolicyUrl = "https://app.example/privacy", TermsOfServiceUrl = "https://app.example/terms" },
            Metadata = new() { ["of"] = "iptcloud" },
            Features = new Portal.ConfigurationFeaturesOptions
            {
                CustomerUpdate = new Portal.ConfigurationFeaturesCustomerUpdateOptions { Enabled = true, AllowedUpdates = ["address", "tax_id"] },
                InvoiceHistory = new Portal.ConfigurationFeaturesInvoiceHistoryOptions { Enabled = true },
                PaymentMethodUpdate = new Portal.ConfigurationFeaturesPaymentMethodUpdateOptions { Enabled = true },
                SubscriptionCancel = new Portal.ConfigurationFeaturesSubscriptionCancelOptions { Enabled = true, Mode = "at_period_end", ProrationBehavior = "none" },
                SubscriptionUpdate = new Portal.ConfigurationFeaturesSubscriptionUpdateOptions { Enabled = false },
            },
        });
        await configurations.UpdateAsync(configuration.Id, new Portal.ConfigurationUpdateOptions { Active = true, DefaultReturnUrl = "https://app.example/seats" });
        await configurations.GetAsync(configuration.Id);
        await configurations.ListAsync(new Portal.ConfigurationListOptions { Active = true });
        await shop.Stripe.BillingPortal.Sessions.CreateAsync(new Portal.SessionCreateOptions { Customer = customer.Id, Configuration = configuration.Id, ReturnUrl = "https://app.example/billing", Locale = "en" });
    }

    private static async Task WebhooksAsync(Shop shop)
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        var endpoints = shop.Stripe.WebhookEndpoints;
        var endpoint = await endpoints.CreateAsync(new WebhookEndpointCreateOptions
        {
            Url = inbox.Url.ToString(),
            EnabledEvents = ["customer.subscription.updated", "invoice.paid"],
            ApiVersion = StripeConfiguration.ApiVersion,
            Description = "IptCloud",
            Metadata = new() { ["of"] = "iptcloud" },
        });
        await endpoints.UpdateAsync(endpoint.Id, new WebhookEndpointUpdateOptions { EnabledEvents = ["*"], Disabled = false });
        await endpoints.GetAsync(endpoint.Id);
        await endpoints.ListAsync();
        await endpoints.DeleteAsync(endpoint.Id);
        var events = await shop.Stripe.Events.ListAsync(new EventListOptions { Limit = 100, Created = new DateRangeOptions { GreaterThan = Shop.Start.AddDays(-1).UtcDateTime } });
        await shop.Stripe.Events.ListAsync(new EventListOptions { Limit = 100, StartingAfter = events.Data[^1].Id });
        await shop.Stripe.Events.ListAsync(new EventListOptions { Type = "invoice.paid" });
        await shop.Stripe.Events.GetAsync(events.Data[0].Id);
    }

    private static async Task ClocksAsync(Shop shop)
    {
        var clocks = shop.Stripe.TestHelpers.TestClocks;
        var clock = await clocks.CreateAsync(new Stripe.TestHelpers.TestClockCreateOptions { FrozenTime = Shop.Start.UtcDateTime, Name = "A year" });
        await shop.SubscribeAsync(await shop.CustomerAsync(testClock: clock.Id));
        await clocks.AdvanceAsync(clock.Id, new Stripe.TestHelpers.TestClockAdvanceOptions { FrozenTime = Shop.Start.AddMonths(2).UtcDateTime });
        await clocks.GetAsync(clock.Id);
        await clocks.ListAsync();
    }
}
