using IptCloud.Contracts.Messages;
using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Host.Storage;
using IptCloud.Host.Time;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>
/// The process as it is started by hand, on a folder and a port of its own, with one small clinic and a real browser. The
/// clinic clock stands still between two steps of a test; the worker is the real one.
/// </summary>
public sealed class PortalSite(SharedBrowser browser) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder folder = new();
    private readonly HashSet<string> opened = [];
    private readonly int port = FreePort.Next();
    private WebApplication? app;

    /// <summary>Settings beside those of the environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where the portal is reached.</summary>
    public string Url => $"http://localhost:{port}";

    public IServiceProvider Services => app!.Services;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The system clock: the real one, moved on by a test.</summary>
    public ShiftedClock System { get; } = new();

    /// <summary>By the clinic clock.</summary>
    public DateTimeOffset Now { get; private set; } = SiteClinic.Opening;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        await StartAsync();
        await SiteClinic.PlantAsync(Services);
        Browser = await browser.OpenAsync();
    }

    /// <summary>Starts the process, on what an earlier one left in the folder.</summary>
    public async Task StartAsync()
    {
        app = Serve.Build(Launch.Parse(["--data", folder.Path, "--url", Url, "--no-demo"], _ => null), s => s
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(System))
            // Hundreds of sign-ins would hash for minutes. HttpsTests and AuditSite sign in with the product's own work.
            .PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1_000), Settings);
        await Schema.MigrateAsync(app.Services);
        GoTo(Now);
        await app.StartAsync();
    }

    /// <summary>Stops the process; the browser stays.</summary>
    public async Task StopAsync()
    {
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    /// <summary>Sets the clinic clock on. What falls due on the way is done by the worker afterwards, as after a stop of the process.</summary>
    public void GoTo(DateTimeOffset at)
    {
        Assert.True(at >= Now, "The clinic clock never goes back.");
        Services.GetRequiredService<ClinicTimeProvider>().Hold(Now = at);
    }

    /// <summary>
    /// The code that a member's app shows. Tests sign in more often than every half minute, so the last one is forgotten first;
    /// that a code works once is a test of its own.
    /// </summary>
    public async Task<string> CodeAsync(SiteMember member)
    {
        await using var db = await Services.GetRequiredService<Databases>().WriteAsync(DatabaseRole.Directory);
        await db.Authenticators.Where(a => a.UserId == member.UserId).ExecuteUpdateAsync(u => u.SetProperty(a => a.LastStep, 0));
        return Totp.Code(member.AppKey, Totp.StepOf(System.GetUtcNow()));
    }

    /// <summary>A person with a password and nothing else: no second factor, no network.</summary>
    public async Task<Guid> AddPersonAsync(string email)
    {
        await using var scope = Services.CreateAsyncScope();
        StaffUser user = new() { Id = Guid.NewGuid(), UserName = email, Email = email, EmailConfirmed = true };
        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>().CreateAsync(user, SiteClinic.Password)).Succeeded);
        return user.Id;
    }

    /// <summary>Waits for what the worker is to bring about.</summary>
    public static async Task<T> AwaitAsync<T>(string what, Func<Task<T?>> look) where T : class
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await look() is { } found) return found;
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"Within {Patience.TotalSeconds} s there was no {what}.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The next letter to somebody that no test has opened yet.</summary>
    public Task<MailboxLetter> NextLetterAsync(string to) => AwaitAsync($"letter to {to}", async () =>
    {
        var mailbox = Services.GetRequiredService<IMailbox>();
        foreach (var entry in (await mailbox.NewestAsync(500)).Reverse())
            if (entry.ToAddress == to && await mailbox.ReadAsync(entry.Id) is { } letter && opened.Add(entry.Id)) return letter;
        return null;
    });

    /// <summary>How many letters have gone to somebody.</summary>
    public async Task<int> LettersAsync(string to) =>
        (await Services.GetRequiredService<IMailbox>().NewestAsync(500)).Count(e => e.ToAddress == to);

    public async Task<T> ReadAsync<T>(Func<IptCloudDb, Task<T>> read)
    {
        await using var db = await Services.GetRequiredService<Databases>().ReadAsync(SiteClinic.NetworkId);
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Task.WhenAll(Browser.Contexts.Select(c => c.CloseAsync()));
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }
}

/// <summary>The real system clock, moved on. Timers run as they do.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref ahead));
}
