namespace IptCloud.Host.Demo;

/// <summary>How far the preparation of the demo has come, in words for the sign-in page.</summary>
internal sealed class DemoProgress
{
    private int done;
    private volatile string? failure;
    private volatile bool isRunning;

    /// <summary>What a visitor should know; null when there is nothing to wait for.</summary>
    public string? Notice => failure ?? (isRunning ? $"The demo is being prepared: {Volatile.Read(ref done)} of {DemoCases.Count} courses." : null);

    public void Begin() => isRunning = true;

    public void CourseDone() => Interlocked.Increment(ref done);

    public void End() => isRunning = false;

    public void Fail() => (failure, isRunning) = ("The demo could not be prepared. What went wrong is in the log.", false);
}
