using IptCloud.Data.Storage;

namespace IptCloud.Host.Storage;

/// <summary>
/// One process to a data folder: two would settle each other's messages. The lock is the operating system's and goes with
/// the process, also when it is killed.
/// </summary>
internal static class DataFolderLock
{
    // Two installations with the same courses would both write to clients.
    private const string Moved = "moved-to-postgres";

    /// <summary>From now on nobody serves from the folder: its courses go on elsewhere.</summary>
    public static void Close(Launch launch, DateTimeOffset at) => File.WriteAllText(Path.Combine(launch.DataFolder, Moved), $"{at:u}\n");

    /// <summary>Takes that back.</summary>
    public static void Open(Launch launch) => File.Delete(Path.Combine(launch.DataFolder, Moved));

    /// <summary>Fails if what the folder holds goes on elsewhere.</summary>
    /// <exception cref="LaunchException">It was moved.</exception>
    public static void DemandOpen(Launch launch)
    {
        var file = Path.Combine(launch.DataFolder, Moved);
        if (launch.IsEmbedded && File.Exists(file)) throw new LaunchException($"The installation in {launch.DataFolder} was moved into PostgreSQL on {File.ReadAllText(file).Trim()}: if both ran, clients would hear everything twice. To go on here all the same, see that nothing runs there, then delete {file}.");
    }

    // How each system says that somebody else has the file open.
    private const int Linux = 11, MacOs = 35, Windows = unchecked((int)0x80070020);

    /// <summary>Holds the folder until disposed; null where the profile has none.</summary>
    /// <exception cref="LaunchException">Another process holds it.</exception>
    public static IDisposable? Take(Launch launch)
    {
        if (!launch.IsEmbedded) return null;
        try
        {
            OwnerOnly.MakeFolder(launch.DataFolder);
            return new FileStream(Path.Combine(launch.DataFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is Linux or MacOs or Windows)
        {
            throw new LaunchException($"Another IptCloud already uses {launch.DataFolder}. Stop it, or name another folder with --data.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"The data folder {launch.DataFolder} cannot be used: {e.Message}");
        }
    }
}
