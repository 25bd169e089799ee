using System.Net;
using System.Text.RegularExpressions;
using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Data.Access;
using IptCloud.Data.Audit;
using IptCloud.Data.Clients;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Host.Browser;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Audit;

/// <summary>The process with one clinic, one client, and people who come by plain HTTP.</summary>
public sealed partial class AuditSite : IAsyncLifetime
{
    public const string ClientName = "Quentin";

    public static readonly SiteMember Admin = new("ada", "Ada Marsh", Roles.Admin);

    private readonly TempFolder folder = new();
    private WebApplication? app;

    public Uri Url { get; } = new($"http://localhost:{FreePort.Next()}");

    public IServiceProvider Services => app!.Services;

    public ClientId Client { get; } = TypedId.Derive<ClientId>(SiteClinic.Root, "client/audit");

    public CourseId Course { get; } = TypedId.Derive<CourseId>(SiteClinic.Root, "course/audit");

    public async ValueTask InitializeAsync()
    {
        app = Serve.Build(Launch.Parse(["--data", folder.Path, "--url", Url.ToString(), "--no-demo"], _ => null));
        await Schema.MigrateAsync(app.Services);
        await app.StartAsync();
        await SiteClinic.PlantAsync(app.Services);
        await SiteClinic.PlantAsync(app.Services, Admin);
        await Services.GetRequiredService<ClientRecords>().AddAsync(SiteClinic.NetworkId, Client, new(ClientName, "Example", SiteClinic.Zone, "en-GB", "quentin@client.example", true, null, false, true));
        RequestNetwork.Set(SiteClinic.NetworkId);
        var grain = Services.GetRequiredService<IGrainFactory>().GetGrain<ICourseGrain>(new CourseKey(SiteClinic.NetworkId, Course).ToString());
        foreach (var command in new CourseCommand[] { new ReferCourse(Client, SiteClinic.Therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, "Asks for help."), new StartCourse() })
            Assert.Empty((await grain.ExecuteAsync(new(TypedId.New<CommandId>(TimeProvider.System.GetUtcNow()), SiteClinic.Therapist.Actor, command))).Refusals);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    public HttpClient Visitor() => new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Url };

    public async Task<HttpClient> SignInAsync(SiteMember member)
    {
        var client = Visitor();
        await SignInAsync(client, member);
        return client;
    }

    /// <summary>With both factors.</summary>
    public async Task SignInAsync(HttpClient client, SiteMember member)
    {
        Assert.Equal(HttpStatusCode.Found, await TrySignInAsync(client, member.Email, SiteClinic.Password));
        await using (var db = await Services.GetRequiredService<Databases>().WriteAsync(DatabaseRole.Directory))
            await db.Authenticators.Where(a => a.UserId == member.UserId).ExecuteUpdateAsync(u => u.SetProperty(a => a.LastStep, 0)); // a code of the same half minute may be needed again
        using var answer = await PostAsync(client, "/sign-in/code", "/sign-in/code", new() { ["_handler"] = "code", ["Form.Code"] = Totp.Code(member.AppKey, Totp.StepOf(TimeProvider.System.GetUtcNow())) });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    public static async Task<HttpStatusCode> TrySignInAsync(HttpClient client, string email, string password)
    {
        using var answer = await PostAsync(client, "/sign-in", "/sign-in", new() { ["_handler"] = "sign-in", ["Form.Email"] = email, ["Form.Password"] = password });
        return answer.StatusCode;
    }

    /// <summary>Posts a form with the token of a page.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, string action, Dictionary<string, string> fields) =>
        await SendAsync(client, TokenOf(await client.GetStringAsync(new Uri(page, UriKind.Relative))), action, fields);

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string token, string action, params IEnumerable<KeyValuePair<string, string>> fields)
    {
        using FormUrlEncodedContent form = new([.. fields, new("__RequestVerificationToken", token)]);
        return await client.PostAsync(new Uri(action, UriKind.Relative), form);
    }

    public static string TokenOf(string page) => Token().Match(page).Groups[1].Value;

    /// <summary>What was recorded since, oldest first.</summary>
    public async Task<List<AuditEntry>> EntriesAsync(NetworkId? network = null, Guid? after = null)
    {
        var page = await Services.GetRequiredService<AuditTrail>().PageAsync(network ?? SiteClinic.NetworkId, new(), null, 1000);
        // That the process opened its keys is written within a minute, at whatever moment.
        return [.. page.Entries.TakeWhile(e => e.Id != after).Where(e => e.Action != AuditActions.Key.Code).Reverse()];
    }

    /// <summary>What one request leaves behind.</summary>
    public async Task<List<AuditEntry>> LeavesAsync(Func<Task> act, NetworkId? network = null)
    {
        var before = (await EntriesAsync(network)).LastOrDefault()?.Id;
        await act();
        return await EntriesAsync(network, before);
    }

    /// <summary>Takes the audit away, or gives it back.</summary>
    public async Task SetAuditAsync(bool there)
    {
        await using var db = await Services.GetRequiredService<Databases>().WriteAsync(SiteClinic.NetworkId);
        if (there) await db.Database.ExecuteSqlAsync($"alter table gone rename to audit_entries");
        else await db.Database.ExecuteSqlAsync($"alter table audit_entries rename to gone");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
