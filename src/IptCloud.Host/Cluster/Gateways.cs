namespace IptCloud.Host.Cluster;

/// <summary>To how many silos this process, a client of them, is connected.</summary>
internal sealed class Gateways
{
    private int connected;

    /// <summary>As of now.</summary>
    public int Connected => Volatile.Read(ref connected);

    /// <summary>Told by Orleans.</summary>
    public void Changed(object? sender, GatewayCountChangedEventArgs change) => Volatile.Write(ref connected, change.NumberOfConnectedGateways);
}
