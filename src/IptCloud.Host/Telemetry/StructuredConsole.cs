using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace IptCloud.Host.Telemetry;

/// <summary>
/// One JSON object per line, with the trace it belongs to. No scopes: the framework's name the address that was asked for, and
/// the address of a client's link is a secret. Of exceptions type, stack and a database's code, not the
/// text: that of a parser is what somebody typed.
/// </summary>
internal sealed class StructuredConsole(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "iptcloud";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var exception = logEntry.Exception;
        textWriter.WriteLine(JsonSerializer.Serialize(new
        {
            time = clock.GetUtcNow(),
            level = logEntry.LogLevel.ToString(),
            category = logEntry.Category,
            @event = logEntry.EventId.Name,
            message = logEntry.Formatter(logEntry.State, null),
            trace_id = Activity.Current?.TraceId.ToHexString(),
            span_id = Activity.Current?.SpanId.ToHexString(),
            exception = exception?.GetType().FullName,
            sql_state = SqlStateOf(exception),
            stack = exception?.StackTrace,
        }));
    }

    private static string? SqlStateOf(Exception? exception) => exception is null ? null : (exception as DbException)?.SqlState ?? SqlStateOf(exception.InnerException);
}
