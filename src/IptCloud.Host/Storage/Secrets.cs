using Microsoft.Extensions.FileProviders;

namespace IptCloud.Host.Storage;

/// <summary>Settings that come as files: an environment can be seen by every child of a process and by whoever inspects a container.</summary>
internal static class Secrets
{
    /// <summary>Adds the folder's files that are named like settings (<c>Smtp__Password</c>); they count more than the environment. Others, such as the master key, are left alone.</summary>
    /// <exception cref="LaunchException">The folder was named and is not there.</exception>
    public static void AddSecrets(this IConfigurationBuilder configuration, Launch launch)
    {
        if (launch.Secrets is not { Length: > 0 } folder) return;
        if (!Directory.Exists(folder)) throw new LaunchException($"IPTCLOUD_SECRETS names {folder}, which is not there.");
        configuration.AddKeyPerFile(files =>
        {
            files.FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder));
            files.IgnoreCondition = name => !name.Contains("__", StringComparison.Ordinal);
        });
    }
}
