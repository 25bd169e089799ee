using IptCloud.Host.Browser;
using IptCloud.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SharedBrowser))]

namespace IptCloud.Host.Browser;

/// <summary>The one browser of all tests that need one, started by the first. Whoever opened contexts in it closes them.</summary>
public sealed class SharedBrowser : IAsyncDisposable
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The browser; a new one if the last was lost. Asked by one class at a time: those with a browser are one collection.</summary>
    public async Task<IBrowser> OpenAsync()
    {
        playwright ??= await Playwright.CreateAsync();
        if (browser is not { IsConnected: true }) browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.ExecutablePath, Args = Chromium.Arguments });
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
    }
}
