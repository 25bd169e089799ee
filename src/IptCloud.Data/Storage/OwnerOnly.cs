namespace IptCloud.Data.Storage;

/// <summary>What nobody but the owner of the process may see: names and password hashes of staff lie open in a database.</summary>
public static class OwnerOnly
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder. One that is there keeps its mode: whoever made it has decided.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, ReadWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes an empty file, open for writing.</summary>
    /// <exception cref="IOException">There is one already, or it cannot be made.</exception>
    public static FileStream MakeFile(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = ReadWrite;
        return new(path, options);
    }

    /// <summary>Makes an empty file unless there is one. To SQLite it is an empty database, and its log gets the same mode.</summary>
    /// <returns>Whether it was made.</returns>
    public static bool MakeDatabase(string path)
    {
        // Not opened if it is there: closing it would end the locks that SQLite has on it.
        if (File.Exists(path)) return false;
        MakeFile(path).Dispose();
        return true;
    }
}
