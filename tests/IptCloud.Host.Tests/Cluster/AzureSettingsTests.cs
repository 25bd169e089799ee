using IptCloud.Testing;

namespace IptCloud.Host.Cluster;

/// <summary>What the variables <c>Azure__…</c> may say; in every build, whether it has the plug-in or not.</summary>
public sealed class AzureSettingsTests
{
    private const string Blobs = "Azure__BlobService=https://a.blob.core.windows.net", Tables = "Azure__TableService=https://a.table.core.windows.net";

    [Fact]
    public void Nothing_is_in_Azure_unless_named() => Assert.Null(Read(""));

    [Theory]
    [InlineData("Azure__Connection=UseDevelopmentStorage=true")]
    [InlineData(Blobs)]
    [InlineData(Tables)]
    [InlineData("Azure__ClientId=9f0c")]
    [InlineData("Azure__Name=clinics")]
    public void A_build_without_the_plug_in_says_so(string variable)
    {
        var message = Assert.Throws<LaunchException>(() => Read(variable, compiledIn: false)).Message;
        Assert.Contains("-p:AzureStorage=true", message, StringComparison.Ordinal);
        Assert.Contains($"but {variable.Split('=')[0]} is set", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_is_named_by_its_key_or_by_its_addresses()
    {
        Assert.Equal("UseDevelopmentStorage=true", Read("Azure__Connection=UseDevelopmentStorage=true")!.Connection);
        var named = Read($"{Blobs}|{Tables}|Azure__ClientId=9f0c|Azure__Name=clinics2")!;
        Assert.Equal(("https://a.blob.core.windows.net/", "https://a.table.core.windows.net/", "9f0c", "clinics2"), (named.BlobService!.ToString(), named.TableService!.ToString(), named.ClientId, named.Name));
    }

    [Theory]
    [InlineData(Blobs, "belong together")]
    [InlineData(Tables, "belong together")]
    [InlineData("Azure__Name=clinics", "belong together")]
    [InlineData($"Azure__Connection=x|{Blobs}|{Tables}", "Name the one or the others")]
    [InlineData("Azure__Connection=x|Azure__ClientId=9f0c", "Name the one or the others")]
    [InlineData($"Azure__BlobService=http://a.blob.core.windows.net|{Tables}", "https")]
    [InlineData($"Azure__BlobService=a|{Tables}", "https")]
    [InlineData("Azure__Connection=x|Azure__Name=Two Clinics", "lower-case")]
    public void What_names_no_account_is_said(string variables, string why) =>
        Assert.Contains(why, Assert.Throws<LaunchException>(() => Read(variables)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_embedded_profile_has_no_use_for_an_account()
    {
        using TempFolder folder = new();
        var message = Assert.Throws<LaunchException>(() => Launch.Parse(["--data", folder.Path], name => name == "Azure__Connection" ? "UseDevelopmentStorage=true" : null)).Message;
        Assert.Contains(AzurePlugIn.IsCompiledIn ? "IPTCLOUD_POSTGRES" : "-p:AzureStorage=true", message, StringComparison.Ordinal);
    }

    private static AzureSettings? Read(string variables, bool compiledIn = true)
    {
        var set = variables.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1]);
        return AzureSettings.Read(set.GetValueOrDefault, compiledIn);
    }
}
