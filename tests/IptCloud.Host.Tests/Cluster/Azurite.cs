using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using IptCloud.Testing;

namespace IptCloud.Host.Cluster;

/// <summary>A storage account on this machine: Azurite, in a process and a folder of its own. <c>./tools/test --azure</c> installs it.</summary>
internal sealed partial class Azurite : IAsyncDisposable
{
    private const string Account = "iptcloud";
    private readonly TempFolder folder = new();
    private readonly string key = NewKey();
    private readonly Process process;
    private Uri? blobs, tables;
    private Task rest = Task.CompletedTask;

    private Azurite(params string[] more)
    {
        var program = Repository.PathOf("tools/azurite/node_modules/azurite/dist/src/azurite.js");
        Assert.True(File.Exists(program), "Azurite is not installed; ./tools/test --azure does it.");
        ProcessStartInfo start = new("node", [program, "--location", folder.Path, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--skipApiVersionCheck", "--disableTelemetry", .. more]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}";
        process = Process.Start(start)!;
        process.BeginErrorReadLine();
    }

    public string Connection => ConnectionWith(key);

    /// <summary>The address of its blob service.</summary>
    public string Blobs => $"{blobs}{Account}";

    /// <summary>The address of its table service.</summary>
    public string Tables => $"{tables}{Account}";

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

    public static Task<Azurite> StartAsync() => StartAsync(new Azurite());

    /// <summary>Over https, where it takes the tokens of identities as well as its key. Whose tokens they are it does not check.</summary>
    public static Task<Azurite> StartWithIdentitiesAsync(string certificate, string key) => StartAsync(new Azurite("--oauth", "basic", "--cert", certificate, "--key", key));

    /// <summary>The account as somebody sees it who has this key.</summary>
    public string ConnectionWith(string other) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={other};BlobEndpoint={Blobs};TableEndpoint={Tables}";

    /// <summary>It still takes connections and answers nobody.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>All that it has written down, once it has ended.</summary>
    public async Task<string> EverythingAsync()
    {
        await SignalAsync("TERM");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        StringBuilder all = new();
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)) all.AppendLine(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)));
        return all.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        await rest;
        process.Dispose();
        folder.Dispose();
    }

    private static async Task<Azurite> StartAsync(Azurite azurite)
    {
        while (azurite.blobs is null || azurite.tables is null)
        {
            var line = await azurite.process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("Azurite ended.");
            if (Listening().Match(line) is not { Success: true } told) continue;
            if (told.Groups["service"].Value == "Blob") azurite.blobs = new(told.Groups["address"].Value);
            if (told.Groups["service"].Value == "Table") azurite.tables = new(told.Groups["address"].Value);
        }

        azurite.rest = azurite.process.StandardOutput.ReadToEndAsync();
        return azurite;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    [GeneratedRegex("^Azurite (?<service>Blob|Table) service is successfully listening at (?<address>http\\S+)")]
    private static partial Regex Listening();
}
