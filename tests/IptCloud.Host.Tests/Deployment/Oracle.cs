using System.Diagnostics;
using IptCloud.Testing;

namespace IptCloud.Host.Deployment;

/// <summary>A program that knows the form of a file better than we do.</summary>
internal static class Oracle
{
    /// <summary>Runs it at the root of the repository.</summary>
    public static async Task<(int Code, string Said)> AskAsync(string program, params IEnumerable<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await complaints;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }

    /// <summary><c>tools/deployment-contract</c>.</summary>
    public static Task<(int Code, string Said)> ContractAsync(string kind, params IEnumerable<string> files) => AskAsync("node", ["tools/deployment-contract/check.mjs", kind, .. files]);
}
