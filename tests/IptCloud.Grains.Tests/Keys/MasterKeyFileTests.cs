using IptCloud.Data.Keys;
using IptCloud.Domain.Identifiers;
using IptCloud.Testing;

namespace IptCloud.Grains.Tests.Keys;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class MasterKeyFileTests : IDisposable
{
    private static readonly NetworkId A = new(Guid.NewGuid()), B = new(Guid.NewGuid());
    private readonly TempFolder folder = new();
    private readonly string path;
    private readonly MasterKeyFile master;

    public MasterKeyFileTests() => master = new(path = folder.File("master.key"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_made_once_and_only_for_its_owner()
    {
        master.Demand(mayMake: true);
        var made = File.ReadAllText(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        master.Demand(mayMake: true);
        Assert.Equal(made, File.ReadAllText(path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void One_that_others_may_read_is_refused_in_one_line(UnixFileMode more)
    {
        master.Demand(mayMake: true);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | more);
        var refusal = Assert.Throws<MasterKeyException>(() => master.Demand(mayMake: false));
        Assert.Contains("chmod 600", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Throws<MasterKeyException>(() => master.Wrap([1], KeyUse.DataKey(A, 1)));
    }

    [Fact]
    public void A_lost_one_is_not_replaced()
    {
        Assert.Contains("missing", Assert.Throws<MasterKeyException>(() => master.Demand(mayMake: false)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_damaged_one_is_refused_without_its_content()
    {
        master.Demand(mayMake: true);
        File.AppendAllText(path, "key abc SECRETSECRET\n");
        Assert.DoesNotContain("SECRET", Assert.Throws<MasterKeyException>(() => master.Demand(mayMake: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapped_key_opens_for_its_network_version_and_purpose_only()
    {
        master.Demand(mayMake: true);
        var wrapped = master.Wrap([1, 2, 3], KeyUse.DataKey(A, 1));
        Assert.Equal([1, 2, 3], master.Unwrap(wrapped, KeyUse.DataKey(A, 1)));
        Assert.Throws<UnreadableException>(() => master.Unwrap(wrapped, KeyUse.DataKey(B, 1)));
        Assert.Throws<UnreadableException>(() => master.Unwrap(wrapped, KeyUse.DataKey(A, 2)));
        Assert.Throws<UnreadableException>(() => master.Unwrap(wrapped, new("data-protection")));
        Assert.Throws<UnreadableException>(() => master.Unwrap(wrapped with { MasterKey = "other" }, KeyUse.DataKey(A, 1)));
    }

    [Fact]
    public void A_key_added_elsewhere_wraps_here_and_the_older_one_still_opens()
    {
        master.Demand(mayMake: true);
        var old = master.Wrap([1], KeyUse.DataKey(A, 1));
        new MasterKeyFile(path).Add();
        var anew = master.Wrap([2], KeyUse.DataKey(A, 1));
        Assert.NotEqual(old.MasterKey, anew.MasterKey);
        Assert.Equal([1], master.Unwrap(old, KeyUse.DataKey(A, 1)));
        Assert.Equal([2], master.Unwrap(anew, KeyUse.DataKey(A, 1)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Nothing_of_an_erased_network_opens_again()
    {
        master.Demand(mayMake: true);
        var (a, b) = (master.Wrap([1], KeyUse.DataKey(A, 1)), master.Wrap([2], KeyUse.DataKey(B, 1)));
        new MasterKeyFile(path).Forget(A);
        Assert.Throws<NetworkErasedException>(() => master.Unwrap(a, KeyUse.DataKey(A, 1)));
        Assert.Equal([2], master.Unwrap(b, KeyUse.DataKey(B, 1)));
    }
}
