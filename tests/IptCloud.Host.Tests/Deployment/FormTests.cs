using IptCloud.Testing;

namespace IptCloud.Host.Deployment;

/// <summary>Files of infra that nobody runs here are at least what their readers would read: each is shown to its oracle, and then with a fault in it.</summary>
public sealed class FormTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, Trait("Needs", "node")]
    [InlineData("compose", "infra/compose/compose.yaml", "restart: unless-stopped", "restarts: unless-stopped")]
    [InlineData("dockerfile", "infra/docker/Dockerfile", "EXPOSE", "EXPOSED")]
    [InlineData("collector", "infra/compose/collector.yaml", "exporters: [nop]", "exporters: [nope]")]
    [InlineData("kubernetes", "infra/kubernetes/silo.yaml", "readinessProbe", "readynessProbe")]
    [InlineData("kubernetes", "infra/kubernetes/network.yaml", "{ port: 11111 }", "{ port: [11111] }")]
    public async Task A_file_keeps_to_the_schema_and_a_fault_would_be_seen(string kind, string file, string part, string fault)
    {
        var (code, said) = await Oracle.ContractAsync(kind, file);
        Assert.True(code == 0, said);
        var text = await File.ReadAllTextAsync(Repository.PathOf(file), TestContext.Current.CancellationToken);
        Assert.Contains(part, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.File("broken"), text.Replace(part, fault, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await Oracle.ContractAsync(kind, folder.File("broken"))).Code);
    }

    [Fact, Trait("Needs", "node")]
    public async Task Every_manifest_keeps_to_the_schemas_of_Kubernetes()
    {
        var (code, said) = await Oracle.ContractAsync("kubernetes", Directory.GetFiles(Repository.PathOf("infra/kubernetes"), "*.yaml"));
        Assert.True(code == 0, said);
    }

    [Theory, Trait("Needs", "prometheus")]
    [InlineData("infra/bare-metal/prometheus.yml")]
    [InlineData("infra/compose/prometheus.yml")]
    public async Task Prometheus_understands_what_it_scrapes(string file)
    {
        File.Copy(Repository.PathOf("infra/prometheus/rules.yml"), folder.File("rules.yml"));
        File.Copy(Repository.PathOf(file), folder.File("prometheus.yml"));
        var (code, said) = await Oracle.AskAsync("promtool", "check", "config", folder.File("prometheus.yml"));
        Assert.True(code == 0, said);
    }

    [Theory, Trait("Needs", "nginx")]
    [InlineData("infra/bare-metal/nginx.conf")]
    [InlineData("infra/compose/nginx.conf")]
    public async Task Nginx_understands_its_configuration_and_would_see_a_fault(string file)
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        System.Security.Cryptography.X509Certificates.CertificateRequest request = new("CN=localhost", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.WriteAllTextAsync(folder.File("portal.crt"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("portal.key"), key.ExportECPrivateKeyPem(), TestContext.Current.CancellationToken);
        var text = File.ReadAllText(Repository.PathOf(file)).Replace("/tmp/", folder.Path + "/", StringComparison.Ordinal) // first: the folder lies there itself
            .Replace("/etc/iptcloud", folder.Path, StringComparison.Ordinal).Replace("/run/secrets", folder.Path, StringComparison.Ordinal).Replace("/run/iptcloud-nginx", folder.Path, StringComparison.Ordinal);
        foreach (var (content, expected) in new[] { (text, 0), (text.Replace("proxy_pass", "proxy_passes", StringComparison.Ordinal), 1) })
        {
            await File.WriteAllTextAsync(folder.File("nginx.conf"), content, TestContext.Current.CancellationToken);
            var (code, said) = await Oracle.AskAsync("nginx", "-t", "-e", "stderr", "-c", folder.File("nginx.conf"));
            Assert.True(code == expected, said);
        }
    }

    [Fact, Trait("Needs", "systemd")]
    public async Task Systemd_understands_every_unit_and_would_see_a_fault()
    {
        var units = Directory.GetFiles(Repository.PathOf("infra/bare-metal")).Where(f => f.EndsWith(".service", StringComparison.Ordinal) || f.EndsWith(".timer", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, units.Count);
        foreach (var unit in units) await File.WriteAllTextAsync(Named(unit), (await File.ReadAllTextAsync(unit, TestContext.Current.CancellationToken)).Replace("/opt/iptcloud/iptcloud", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        foreach (var unit in units) Assert.Equal((0, ""), await Oracle.AskAsync("systemd-analyze", "verify", Named(unit)));
        var silo = folder.File("iptcloud-silo@5111.service");
        await File.WriteAllTextAsync(silo, (await File.ReadAllTextAsync(silo, TestContext.Current.CancellationToken)).Replace("NoNewPrivileges", "NoNewPrivilages", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("NoNewPrivilages", (await Oracle.AskAsync("systemd-analyze", "verify", silo)).Said, StringComparison.Ordinal);
    }

    private string Named(string unit) => folder.File(Path.GetFileName(unit).Replace("@.", "@5111.", StringComparison.Ordinal));
}
