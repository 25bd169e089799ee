using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace IptCloud.Host.Cluster;

/// <summary>
/// TLS between the processes of a cluster: each shows a certificate of the cluster's own authority and demands one. The
/// authority signs nothing else, so that whoever has a certificate of it is one of them, whatever its name.
/// </summary>
internal sealed class ClusterTls
{
    private readonly X509Certificate2 own;
    private readonly X509Certificate2Collection authority = [];

    /// <summary>Reads the files.</summary>
    /// <exception cref="LaunchException">One cannot be read, or they do not belong together.</exception>
    public ClusterTls(string certificate, string key, string authority)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(certificate, key);
            own = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null); // a key that the system's TLS can use
            this.authority.ImportFromPemFile(authority);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new LaunchException($"The cluster's certificates cannot be read: {e.Message}");
        }

        if (this.authority.Count == 0) throw new LaunchException($"Cluster__Authority holds no certificate: {authority}");
        if (!IsOurs(own)) throw new LaunchException("Cluster__Certificate is not signed by Cluster__Authority, or its time has passed: nobody in the cluster would take it.");
    }

    /// <summary>For both ends of a connection.</summary>
    public void Configure(TlsOptions tls)
    {
        tls.LocalCertificate = own;
        tls.LocalServerCertificateSelector = (_, _) => own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => own;
        tls.RemoteCertificateMode = tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.CheckCertificateRevocation = false; // an authority of one cluster publishes no lists
        tls.RemoteCertificateValidation = (theirs, _, _) => theirs is not null && IsOurs(theirs);
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = "iptcloud";
    }

    private bool IsOurs(X509Certificate2 certificate)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
