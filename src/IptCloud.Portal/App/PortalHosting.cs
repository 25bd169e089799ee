using System.IO.Compression;
using IptCloud.Data.Clients;
using IptCloud.Data.Courses;
using IptCloud.Data.Messages;
using IptCloud.Data.Networks;
using IptCloud.Data.Sessions;
using IptCloud.Data.Telemetry;
using IptCloud.Portal.Access;
using IptCloud.Portal.Audit;
using IptCloud.Portal.Billing;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Desk;
using IptCloud.Portal.Dev;
using IptCloud.Portal.Links;
using IptCloud.Portal.Networks;
using IptCloud.Portal.Ops;
using IptCloud.Portal.Sessions;
using IptCloud.Portal.Telemetry;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IptCloud.Portal;

/// <summary>Registers the portal and puts its pages into an application.</summary>
public static class PortalHosting
{
    /// <summary>The header in which our script sends the antiforgery token.</summary>
    public const string TokenHeader = "X-CSRF";

    /// <summary>
    /// Everything the pages need, except what the host decides: the databases (<see cref="Data.Storage.Databases"/>),
    /// the grain factory, the clinic clock, data protection keys.
    /// </summary>
    public static IServiceCollection AddPortal(this IServiceCollection services, Action<PortalOptions>? configure = null)
    {
        var options = new PortalOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        services.AddAntiforgery(o =>
        {
            o.HeaderName = TokenHeader;
            o.Cookie.Name = options.IsHttps ? "__Host-ipt-form" : "ipt-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = Secure(options);
            o.SuppressXFrameOptionsHeader = true;
        });
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
        services.AddResponseCompression(o =>
        {
            // Pages echo no input next to a secret that stays the same: tokens are masked anew in every answer.
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddStaffAccess(options);
        services.TryAddSingleton<NetworkDirectory>();
        services.TryAddSingleton<ClientRecords>();
        services.TryAddSingleton<ClientAccess>();
        services.TryAddSingleton<Caseload>();
        services.TryAddSingleton<MyDay>();
        services.TryAddSingleton<Oversight>();
        services.TryAddSingleton<Diary>();
        services.TryAddSingleton<CourseHistory>();
        services.TryAddSingleton<NoteDrafts>();
        services.TryAddSingleton<OutboxOverview>();
        services.TryAddSingleton<PromiseReader>();
        services.AddSingleton<ClinicTime>();
        services.AddSingleton<SearchSeal>();
        services.AddSingleton<NetworkMailbox>();
        services.AddScoped<ShellLoader>();
        services.AddScoped<CourseCalls>();
        services.AddScoped<Suspension>();
        services.AddScoped<StaffArrival>();
        services.AddSingleton<SignUpBrowser>();
        services.AddCoursePages();
        services.AddLinks();
        services.AddAuditPages();
        return services;
    }

    /// <summary>The pipeline and the pages. Other endpoints of the host are mapped after it; unless they say otherwise, they demand a signed-in member.</summary>
    public static WebApplication MapPortal(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UsePortalHeaders();
        app.UseFailurePage();
        if (app.Services.GetRequiredService<PortalOptions>().IsHttps) app.UseHsts();
        app.UseResponseCompression();
        app.UseErrorPages();
        app.UseAudit();
        app.UseLinks();
        app.UseRouting();
        app.UsePageFeature();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseStandingGate();
        app.UseAntiforgery();
        app.UseTokenRefusal();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>();
        app.MapSignOut();
        app.MapPasskeys();
        app.MapIdleLock();
        app.MapSessionNotes();
        app.MapAuditExport();
        app.MapLinks();
        app.MapNetworks();
        app.MapBilling();
        app.MapGet("/api/token", (HttpContext http, IAntiforgery antiforgery) => new { token = antiforgery.GetAndStoreTokens(http).RequestToken }).AllowAnonymous();
        app.MapGroup("").AllowAnonymous().MapDevPages();
        return app;
    }

    internal static CookieSecurePolicy Secure(PortalOptions options) => options.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
