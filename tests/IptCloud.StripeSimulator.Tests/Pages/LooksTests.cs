using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using IptCloud.Testing;
using Microsoft.Playwright;
using Stripe.BillingPortal;
using Checkout = Stripe.Checkout;

namespace IptCloud.StripeSimulator.Pages;

/// <summary>The pages in a real browser: for everyone, at both widths, and the way through Checkout by keyboard.</summary>
[Trait("Needs", "chromium")]
public sealed class LooksTests
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    [Fact]
    public async Task Every_page_is_for_everyone_and_fits()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        var open = await CheckoutAsync(shop, customer.Id);
        var paid = await CheckoutAsync(shop, customer.Id);
        await shop.PressAsync(new Uri(paid.Url).AbsolutePath, "pay");
        var gone = await CheckoutAsync(shop, customer.Id);
        await shop.Stripe.Checkout.Sessions.ExpireAsync(gone.Id);
        var portal = await shop.Stripe.BillingPortal.Sessions.CreateAsync(new SessionCreateOptions { Customer = customer.Id, ReturnUrl = "https://app.example/" });
        var faults = new List<string>();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        foreach (var path in new[] { "/", $"/c/{open.Id}", $"/c/{paid.Id}", $"/c/{gone.Id}", new Uri(portal.Url).AbsolutePath, $"/i/{subscription.LatestInvoiceId}", "/none" })
        {
            await page.GotoAsync(new Uri(shop.Server.Url, path).ToString());
            Assert.Contains("Simulated Stripe: no money moves", await page.InnerTextAsync("header"), StringComparison.Ordinal);
            foreach (var width in new[] { 1280, 390 })
            {
                await page.SetViewportSizeAsync(width, 844);
                var result = await page.RunAxe(Rules);
                faults.AddRange(result.Violations.Select(v => $"{path} at {width}: {v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
                var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
                if (over > 0) faults.Add($"{path} at {width}: {over} pixels too wide");
                if (Environment.GetEnvironmentVariable("IPTCLOUD_SHOTS") is { } folder)
                    await page.ScreenshotAsync(new PageScreenshotOptions { Path = $"{folder}/simulator{path[..Math.Min(14, path.Length)].Replace('/', '_')}-{width}.png", FullPage = true });
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Checkout_is_paid_by_keyboard_and_leads_back()
    {
        await using var shop = await Shop.OpenAsync();
        var session = await CheckoutAsync(shop, (await shop.CustomerAsync(card: null)).Id, shop.Server.Url);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(session.Url);

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pay with working card" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        // Looked at again and again, because a navigation that ends before it is waited for is never announced.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/back\?session="));

        Assert.Equal("complete", (await shop.Stripe.Checkout.Sessions.GetAsync(session.Id)).Status);
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Chromium.ExecutablePath,
        Args = Chromium.Arguments,
    });

    private static Task<Checkout.Session> CheckoutAsync(Shop shop, string customer, Uri? back = null) => shop.Stripe.Checkout.Sessions.CreateAsync(new Checkout.SessionCreateOptions
    {
        Mode = "subscription",
        Customer = customer,
        SuccessUrl = $"{back ?? new Uri("https://app.example/")}back?session={{CHECKOUT_SESSION_ID}}",
        CancelUrl = "https://app.example/billing",
        LineItems = [new Checkout.SessionLineItemOptions { Price = shop.Price.Id, Quantity = 5 }],
        SubscriptionData = new Checkout.SessionSubscriptionDataOptions { TrialPeriodDays = 14 },
    });
}
