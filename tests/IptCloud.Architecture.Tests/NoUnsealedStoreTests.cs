using IptCloud.Data.Keys;

namespace IptCloud.Architecture;

/// <summary>Sealing cannot be taken out of the product: what stands in for it exists in tools alone.</summary>
public sealed class NoUnsealedStoreTests
{
    [Fact]
    public void Nothing_that_is_shipped_stands_in_for_the_keys()
    {
        var standIns = ShippedAssemblies.All.SelectMany(shipped => shipped.Assembly.GetTypes())
            .Where(type => type.BaseType is { } parent && (parent.FullName == typeof(KeyRing).FullName || parent.FullName == typeof(NetworkKeys).FullName));

        Assert.Empty(standIns);
    }
}
