namespace IptCloud.Testing;

public sealed class TempFolderTests
{
    [Fact]
    public void A_folder_goes_with_all_it_holds()
    {
        string path;
        using (var folder = new TempFolder())
        {
            path = folder.Path;
            Directory.CreateDirectory(folder.File("inner"));
            File.WriteAllText(folder.File("inner/file"), "text");
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void What_is_absent_is_told_with_the_way_to_get_it()
    {
        var absent = Assert.Throws<InvalidOperationException>(
            () => TestEnvironment.Require("IPTCLOUD_NO_SUCH_VARIABLE", "a thing"));

        Assert.Contains("./tools/test", absent.Message, StringComparison.Ordinal);
    }
}
