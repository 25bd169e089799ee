using System.Reflection;

namespace IptCloud.Architecture;

/// <summary>The alias is the name under which a value is stored and sent; without one it would be the class name.</summary>
public sealed class SerializedTypeTests
{
    private static readonly Type[] Types = [.. ShippedAssemblies.All.SelectMany(shipped => shipped.Assembly.GetTypes())];

    [Fact]
    public void Every_serialized_type_has_an_alias()
    {
        var nameless = Types
            .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null)
            .Where(type => AliasOf(type) is null);

        Assert.Empty(nameless);
    }

    [Fact]
    public void No_two_types_share_an_alias()
    {
        var shared = Types
            .Select(type => (Alias: AliasOf(type), Type: type))
            .Where(named => named.Alias is not null)
            .GroupBy(named => named.Alias)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(named => named.Type.FullName))}");

        Assert.Empty(shared);
    }

    private static string? AliasOf(Type type) => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;
}
