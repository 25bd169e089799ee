using IptCloud.Host.Storage;
using IptCloud.Testing;

namespace IptCloud.Host.Tests.Storage;

public sealed class DataFolderLockTests
{
    [Fact]
    public void A_folder_serves_one_process_at_a_time_and_is_free_afterwards()
    {
        using var folder = new TempFolder();
        var launch = Launch.Parse(["--data", folder.Path], _ => null);
        using (DataFolderLock.Take(launch))
            Assert.Contains(folder.Path, Assert.Throws<LaunchException>(() => DataFolderLock.Take(launch)).Message, StringComparison.Ordinal);
        using var again = DataFolderLock.Take(launch);
        Assert.NotNull(again);
    }
}
