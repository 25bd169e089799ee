namespace IptCloud.Host.Storage;

/// <summary>
/// One process to a data folder: two would settle each other's messages. The lock is the operating system's and goes with
/// the process, also when it is killed.
/// </summary>
internal static class DataFolderLock
{
    /// <summary>Holds the folder until disposed; null where the profile has none.</summary>
    /// <exception cref="LaunchException">Another process holds it.</exception>
    public static IDisposable? Take(Launch launch)
    {
        if (!launch.IsEmbedded) return null;
        try
        {
            Directory.CreateDirectory(launch.DataFolder);
            return new FileStream(Path.Combine(launch.DataFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (Directory.Exists(launch.DataFolder))
        {
            throw new LaunchException($"Another IptCloud already uses {launch.DataFolder}. Stop it, or name another folder with --data.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"The data folder {launch.DataFolder} cannot be used: {e.Message}");
        }
    }
}
