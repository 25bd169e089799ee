using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IptCloud.Host.Health;

/// <summary>What the checks say.</summary>
/// <param name="Checks">By name: "ok", or why not.</param>
internal sealed record ReadyAnswer(bool IsReady, IReadOnlyDictionary<string, string> Checks);

/// <summary>Whether work may be sent to this process. Asked by anybody, so the checks run once a second at most, however often it is.</summary>
internal sealed class Readiness(HealthCheckService checks, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim turn = new(1, 1);
    private (long At, ReadyAnswer Answer)? last;
    private volatile bool isStopping;

    /// <summary>From now on the answer is no: the process is on its way out.</summary>
    public void Leave() => isStopping = true;

    public async Task<ReadyAnswer> AskAsync()
    {
        if (isStopping) return new(false, new Dictionary<string, string> { ["process"] = "stopping" });
        await turn.WaitAsync();
        try
        {
            if (last is { } kept && clock.GetElapsedTime(kept.At) < Kept) return kept.Answer;
            var report = await checks.CheckHealthAsync();
            var answer = new ReadyAnswer(report.Status == HealthStatus.Healthy, report.Entries.ToDictionary(e => e.Key, e => Words(e.Value)));
            last = (clock.GetTimestamp(), answer);
            return answer;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    // The description of a check that failed by an exception is the exception's: it may name anything.
    private static string Words(HealthReportEntry entry) =>
        entry.Status == HealthStatus.Healthy ? "ok" : entry.Exception is null ? entry.Description ?? "no" : "no answer";
}
