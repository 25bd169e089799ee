using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IptCloud.Testing;

namespace IptCloud.Host.Cluster;

/// <summary>A certificate authority of a test, with its files.</summary>
internal sealed class Authority : IDisposable
{
    private readonly X509Certificate2 root;
    private readonly TempFolder folder = new();

    public Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=cluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(2));
        File.WriteAllText(RootFile, root.ExportCertificatePem());
    }

    public string RootFile => folder.File("authority.pem");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>The files of a new certificate and its key.</summary>
    public (string Certificate, string Key) Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder machine = new();
        machine.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(machine.Build());
        using var made = request.Create(root, Now.AddDays(-1), Now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(folder.File($"{name}.pem"), made.ExportCertificatePem());
        File.WriteAllText(folder.File($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return (folder.File($"{name}.pem"), folder.File($"{name}.key"));
    }

    public void Dispose()
    {
        root.Dispose();
        folder.Dispose();
    }
}
