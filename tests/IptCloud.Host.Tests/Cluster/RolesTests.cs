using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Cluster;

/// <summary>What each role is made of. Nothing is started: a database is named, and never opened.</summary>
public sealed class RolesTests
{
    private const string Postgres = "Host=127.0.0.1;Port=1;Database=nothing;Username=nobody";

    [Theory]
    [InlineData("portal")]
    [InlineData("silo")]
    [InlineData("worker")]
    [InlineData("portal,worker")]
    [InlineData("silo,portal,worker")]
    public async Task Everything_that_a_role_registers_can_be_made(string roles)
    {
        using TempFolder folder = new();
        IServiceCollection? registered = null;
        await using var app = Serve.Build(Launched(folder, Postgres, "--roles", roles), s => registered = s);
        await using var scope = app.Services.CreateAsyncScope();
        var ours = registered!.Select(s => s.ServiceType).Where(t => t.Assembly.GetName().Name!.StartsWith("IptCloud", StringComparison.Ordinal) && !t.ContainsGenericParameters).Distinct().ToList();
        Assert.InRange(ours.Count, 20, int.MaxValue);
        Assert.All(ours, t => Assert.NotEmpty(scope.ServiceProvider.GetServices(t)));
        Assert.NotEmpty(scope.ServiceProvider.GetServices<Microsoft.Extensions.Hosting.IHostedService>());
    }

    [Theory]
    [InlineData("portal", true, false, false)]
    [InlineData("silo", false, true, false)]
    [InlineData("worker", false, false, true)]
    [InlineData("worker,silo", false, true, true)]
    public async Task A_process_is_what_its_roles_say(string roles, bool pages, bool courses, bool jobs)
    {
        using TempFolder folder = new();
        await using var app = Serve.Build(Launched(folder, Postgres, "--roles", roles));
        Assert.Equal(pages, ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Any(e => e.RoutePattern.RawText?.TrimStart('/') == "caseload"));
        Assert.Equal(courses, app.Services.GetService<ILocalSiloDetails>() is not null);
        Assert.Equal(jobs, app.Services.GetService<IptCloud.Jobs.DueWork.SweepJob>() is not null);
    }

    [Theory]
    [InlineData("portal")]
    [InlineData("silo,worker")]
    public void The_embedded_profile_is_one_process(string roles)
    {
        using TempFolder folder = new();
        Assert.Contains("PostgreSQL", Assert.Throws<LaunchException>(() => Launched(folder, null, "--roles", roles)).Message, StringComparison.Ordinal);
        Assert.Equal(ProcessRoles.All, Launched(folder, null).Roles);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gateway")]
    [InlineData("portal;silo")]
    public void What_is_no_role_is_said(string roles)
    {
        using TempFolder folder = new();
        Assert.Throws<LaunchException>(() => Launched(folder, Postgres, "--roles", roles));
    }

    private static Launch Launched(TempFolder folder, string? postgres, params string[] args) =>
        Launch.Parse(["--data", folder.Path, "--no-demo", "--public-url", "https://portal.example.org", .. args], name => name == "IPTCLOUD_POSTGRES" ? postgres : null);
}
