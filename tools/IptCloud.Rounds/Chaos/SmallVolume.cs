using System.Globalization;

namespace IptCloud.Rounds.Chaos;

/// <summary>A folder moved to a small volume of its own (a tmpfs), which can be filled and emptied.</summary>
internal sealed class SmallVolume(string folder)
{
    private const int SpareMegabytes = 200;

    private string Ballast => Path.Combine(folder, "ballast");

    /// <summary>Moves what is in the folder onto the volume, which has some room beside it. Nobody may be using it.</summary>
    public void Mount()
    {
        Directory.Move(folder, folder + ".disk");
        Directory.CreateDirectory(folder);
        var used = Directory.EnumerateFiles(folder + ".disk", "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) / (1024 * 1024);
        Demand("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={used + SpareMegabytes}m"), "tmpfs", folder);
        Demand("cp", "-a", folder + ".disk/.", folder);
    }

    /// <summary>Leaves not one block.</summary>
    public void Fill() => ClusterProcesses.Run("dd", "if=/dev/zero", $"of={Ballast}", "bs=64k");

    public void Free() => File.Delete(Ballast);

    /// <summary>Moves what is there now back to where it was.</summary>
    public void Unmount()
    {
        Directory.Move(folder + ".disk", folder + ".before");
        Demand("cp", "-a", folder, folder + ".disk");
        Demand("umount", "--lazy", folder); // the run itself may still have a file of it open
        Directory.Delete(folder);
        Directory.Move(folder + ".disk", folder);
        Directory.Delete(folder + ".before", recursive: true);
    }

    private static void Demand(string program, params string[] arguments)
    {
        if (ClusterProcesses.Run(program, arguments) != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed; it needs root.");
    }
}
