using Hangfire.AspNetCore;
using Hangfire.Logging;
using HangfireLevel = Hangfire.Logging.LogLevel;

namespace IptCloud.Host.Worker;

/// <summary>
/// Hangfire's log, into the host's. Hangfire keeps one for the process: with two hosts in it, the last to start, whose loggers
/// may be gone while the other still runs. Then it says nothing instead of failing.
/// </summary>
internal sealed class JobLog(ILoggerFactory loggers) : ILogProvider
{
    private readonly AspNetCoreLogProvider inner = new(loggers);

    public ILog GetLogger(string name)
    {
        try
        {
            return inner.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return new Silence();
        }
    }

    private sealed class Silence : ILog
    {
        public bool Log(HangfireLevel logLevel, Func<string> messageFunc, Exception? exception) => false;
    }
}
