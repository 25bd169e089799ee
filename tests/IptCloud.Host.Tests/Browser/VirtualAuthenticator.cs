using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>Chromium's own authenticator in software: it makes passkeys and answers at once, as a person would who puts a finger on it.</summary>
public sealed class VirtualAuthenticator : IAsyncDisposable
{
    private readonly ICDPSession session;

    private VirtualAuthenticator(ICDPSession session) => this.session = session;

    public static async Task<VirtualAuthenticator> AttachAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable", new() { ["enableUI"] = false });
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        return new(session);
    }

    public ValueTask DisposeAsync() => new(session.DetachAsync());
}
