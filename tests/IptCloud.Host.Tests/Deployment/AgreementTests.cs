using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Host.Deployment;

/// <summary>What the files of infra say agrees with the program and with one another.</summary>
public sealed partial class AgreementTests
{
    private static readonly string Dockerfile = Read("infra/docker/Dockerfile");

    public static TheoryData<string> Files => new("infra/docker/Dockerfile", "infra/compose/compose.yaml", "infra/kubernetes/settings.yaml", "infra/kubernetes/secrets.example.yaml", "infra/kubernetes/silo.yaml", "infra/bare-metal/iptcloud.env", "infra/bare-metal/iptcloud-portal@.service", "infra/bare-metal/iptcloud-worker@.service");

    [Theory, MemberData(nameof(Files))]
    public void Every_setting_is_one_that_the_program_reads(string file)
    {
        var settings = Setting().Matches(Read(file)).Select(m => m.Value).Distinct().ToList();
        Assert.NotEmpty(settings);
        Assert.All(settings, s => Assert.Contains(s, Launch.Usage, StringComparison.Ordinal));
    }

    /// <summary>Where images come from is for whoever runs them to say.</summary>
    [Fact]
    public void No_image_is_named_by_a_host()
    {
        var images = Directory.GetFiles(Repository.PathOf("infra"), "*.yaml", SearchOption.AllDirectories).SelectMany(f => Image().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(images);
        Assert.All(images, i => Assert.DoesNotMatch(@"^[^/]*[.:][^/]*/", i));
        Assert.All(Regex.Matches(Dockerfile, @"^ARG .*$", RegexOptions.Multiline), a => Assert.DoesNotContain('=', a.Value));
        Assert.All(Regex.Matches(Dockerfile, @"^FROM (\S+)", RegexOptions.Multiline), f => Assert.StartsWith("${", f.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_is_not_roots() => Assert.Matches(@"(?m)^USER [1-9]\d*:[1-9]\d*$", Dockerfile);

    [Fact, Trait("Needs", "node")]
    public async Task Ports_are_the_same_everywhere()
    {
        var settings = (await DocumentsAsync("infra/kubernetes/settings.yaml"))[0].GetProperty("data");
        var ports = (Silo: int.Parse(settings.GetProperty("Cluster__SiloPort").GetString()!, CultureInfo.InvariantCulture), Gateway: int.Parse(settings.GetProperty("Cluster__GatewayPort").GetString()!, CultureInfo.InvariantCulture));
        Assert.Contains($"EXPOSE 8080 {ports.Silo} {ports.Gateway}", Dockerfile, StringComparison.Ordinal);
        Assert.Contains("IPTCLOUD_URL=http://0.0.0.0:8080", Dockerfile, StringComparison.Ordinal);
        var compose = Read("infra/compose/compose.yaml");
        Assert.Contains($"Cluster__SiloPort: \"{ports.Silo}\"", compose, StringComparison.Ordinal);
        Assert.Contains($"Cluster__GatewayPort: \"{ports.Gateway}\"", compose, StringComparison.Ordinal);
        foreach (var (role, expected) in new[] { ("silo", new[] { 8080, ports.Silo, ports.Gateway }), ("portal", [8080]), ("worker", [8080]) })
        {
            var container = (await PodAsync(role)).GetProperty("containers")[0];
            Assert.Equal(expected, container.GetProperty("ports").EnumerateArray().Select(p => p.GetProperty("containerPort").GetInt32()));
            Assert.Equal(role, container.GetProperty("args")[2].GetString());
        }

        var network = Read("infra/kubernetes/network.yaml");
        Assert.Equal([8080, ports.Silo, ports.Gateway], Regex.Matches(network, @"port: (\d+)").Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order());
        foreach (var host in new[] { "172.30.5.11", "172.30.5.12" })
        {
            Assert.Contains($"Cluster__Address: {host}", compose, StringComparison.Ordinal);
            Assert.Contains($"server {host}:8080", Read("infra/compose/nginx.conf"), StringComparison.Ordinal);
            Assert.Contains($"\"{host}:8080\"", Read("infra/compose/prometheus.yml"), StringComparison.Ordinal);
        }
    }

    [Theory, Trait("Needs", "node")]
    [InlineData("silo"), InlineData("portal"), InlineData("worker"), InlineData("migrate")]
    public async Task A_pod_is_locked_probed_by_addresses_that_exist_and_given_time_to_leave(string role)
    {
        using TempFolder folder = new();
        await using var app = Serve.Build(Launch.Parse(["--data", folder.Path, "--no-demo", "--no-billing"], _ => null));
        var addresses = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText).ToHashSet();
        var pod = await PodAsync(role);
        Assert.True(pod.GetProperty("securityContext").GetProperty("runAsNonRoot").GetBoolean());
        Assert.Contains($"USER {pod.GetProperty("securityContext").GetProperty("runAsUser")}:", Dockerfile, StringComparison.Ordinal);
        foreach (var container in pod.GetProperty("containers").EnumerateArray().Concat(pod.GetProperty("initContainers").EnumerateArray()))
        {
            var locked = container.GetProperty("securityContext");
            Assert.True(locked.GetProperty("readOnlyRootFilesystem").GetBoolean());
            Assert.False(locked.GetProperty("allowPrivilegeEscalation").GetBoolean());
            Assert.Equal("ALL", locked.GetProperty("capabilities").GetProperty("drop")[0].GetString());
        }

        if (role == "migrate") return;
        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" }) Assert.Contains(pod.GetProperty("containers")[0].GetProperty(probe).GetProperty("httpGet").GetProperty("path").GetString(), addresses);
        var drain = int.Parse(Regex.Match(Read("infra/kubernetes/settings.yaml"), "Cluster__DrainSeconds: \"(\\d+)\"").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(pod.GetProperty("terminationGracePeriodSeconds").GetInt32(), drain + 30, int.MaxValue);
    }

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    private static async Task<JsonElement> PodAsync(string role) => (await DocumentsAsync($"infra/kubernetes/{role}.yaml"))[0].GetProperty("spec").GetProperty("template").GetProperty("spec");

    private static async Task<List<JsonElement>> DocumentsAsync(string file)
    {
        var (code, said) = await Oracle.ContractAsync("json", file);
        Assert.True(code == 0, said);
        return [.. JsonElement.Parse(said).EnumerateArray().Select(d => d.GetProperty("value"))];
    }

    // What stands in ${…} is compose's own.
    [GeneratedRegex(@"(?<![\w{])(IPTCLOUD_[A-Z_]+|(Cluster|Smtp|Stripe)__\w+|OTEL_[A-Z_]+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\bimage: (?:\$\{\w+:[-?])?([^\s}]+)")]
    private static partial Regex Image();
}
