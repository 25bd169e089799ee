using OpenTelemetry;
using OpenTelemetry.Logs;

namespace IptCloud.Host.Telemetry;

/// <summary>Takes the texts of exceptions out of log records that leave: the text of a parser's error, for one, is what somebody typed.</summary>
internal sealed class LogScrubber : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } exception) return;
        data.Exception = null;
        data.Attributes = [.. data.Attributes ?? [], new("exception.type", exception.GetType().FullName), new("exception.stacktrace", exception.StackTrace)];
    }
}
