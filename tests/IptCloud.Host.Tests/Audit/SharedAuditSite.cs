namespace IptCloud.Host.Audit;

/// <summary>The classes that share one process with one client, visited by plain HTTP.</summary>
[CollectionDefinition("audit")]
public sealed class SharedAuditSite : ICollectionFixture<AuditSite>;
