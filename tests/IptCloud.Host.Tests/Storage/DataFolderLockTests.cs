using IptCloud.Host.Storage;
using IptCloud.Data.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>Names and password hashes of staff lie open in the database.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_kept_is_its_owners_also_in_a_folder_of_somebody_elses_making(bool isThere)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using TempFolder folder = new();
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var launch = Launch.Parse(["--data", folder.File("data")], _ => null);
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
#pragma warning disable CA1416 // skipped on Windows
        if (isThere) Directory.CreateDirectory(launch.DataFolder, Shared);
        using (DataFolderLock.Take(launch)) { }
        await using var services = Tools.Services(launch);
        await Schema.MigrateAsync(services);
        await using var open = await services.GetRequiredService<Databases>().ReadAsync(DatabaseRole.Directory, TestContext.Current.CancellationToken);
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.OpenConnectionAsync(open.Database, TestContext.Current.CancellationToken);
        Assert.Equal(isThere ? Shared & Others : default, File.GetUnixFileMode(launch.DataFolder) & Others);
        var files = Directory.GetFiles(launch.DataFolder, "iptcloud.db*");
        Assert.Contains(launch.DatabaseFile + "-wal", files);
        Assert.All(files, f => Assert.Equal(default, File.GetUnixFileMode(f) & Others));
#pragma warning restore CA1416
    }
}
