using System.Diagnostics;
using OpenTelemetry;

namespace IptCloud.Host.Telemetry;

/// <summary>Takes out of spans what could carry a person's data: query strings, full addresses, exception texts; links in messages lose their token.</summary>
internal sealed class Scrubber : BaseProcessor<Activity>
{
    private static readonly string[] Dropped = ["url.query", "url.full", "http.url", "http.target", "exception.message", "exception.stacktrace", "client.address", "user_agent.original"];

    // Clients' links, their way to stop e-mails, and the links of staff letters.
    private static readonly string[] Linked = ["/l/", "/u/", "/t/"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Dropped) data.SetTag(tag, null);
        // What leads to no page of ours may be anything that somebody typed.
        if (data.GetTagItem("http.route") is null or "/errors/{Code:int}") data.SetTag("url.path", null);
        if (data.GetTagItem("url.path") is string path && Linked.Any(l => path.StartsWith(l, StringComparison.Ordinal))) data.SetTag("url.path", path[..3]);
        if (data.StatusDescription is not null) data.SetStatus(data.Status);
    }
}
