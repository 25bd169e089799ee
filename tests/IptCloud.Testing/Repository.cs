using System.Diagnostics;

namespace IptCloud.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths, relative to the root and with slashes, of all files git tracks.</summary>
    public static IReadOnlyList<string> TrackedFiles() => ListFiles("--cached");

    /// <summary>The tracked files and those that a commit of everything would add; only what is on disk.</summary>
    public static IReadOnlyList<string> Files() =>
        [.. ListFiles("--cached", "--others", "--exclude-standard").Where(file => File.Exists(PathOf(file)))];

    public static string PathOf(string file) => Path.Combine(Root, file);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "IptCloud.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds IptCloud.sln.");
    }

    private static string[] ListFiles(params string[] options)
    {
        // The checkout may belong to another user than the one who runs the tests: git would refuse to read it.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z", .. options])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidOperationException($"git ls-files ended with {git.ExitCode}.");
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }
}
