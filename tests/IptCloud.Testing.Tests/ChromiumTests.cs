using System.Diagnostics;

namespace IptCloud.Testing;

[Trait("Needs", "chromium")]
public sealed class ChromiumTests
{
    [Fact]
    public async Task Chromium_renders_a_page_without_a_screen()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var profile = new TempFolder();
        using var page = new TempFolder();
        await File.WriteAllTextAsync(page.File("page.html"),
            "<p id=p></p><script>p.textContent = 'rendered ' + (6 * 7)</script>", cancellation);
        using var chromium = Process.Start(new ProcessStartInfo(
            Chromium.ExecutablePath,
            [.. Chromium.Arguments, "--headless", $"--user-data-dir={profile.Path}", "--dump-dom", page.File("page.html")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var complaints = chromium.StandardError.ReadToEndAsync(cancellation);

        var dom = await chromium.StandardOutput.ReadToEndAsync(cancellation);
        await chromium.WaitForExitAsync(cancellation);

        Assert.True(dom.Contains("rendered 42", StringComparison.Ordinal), await complaints);
    }
}
