using System.Globalization;
using IptCloud.Data.Audit;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Time;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Audit;

/// <summary>The audit page's filter as it stands in the address. What was typed is kept, right or wrong.</summary>
internal sealed record AuditQuery(string Person, string Client, string Kind, DateText From, DateText Until, Guid? Before)
{
    public static AuditQuery Of(IQueryCollection query) => new(
        One(query, "person"), One(query, "client").Trim(), One(query, "kind"), Date(query, "from"), Date(query, "until"), Guid.TryParse(One(query, "before"), out var before) ? before : null);

    /// <summary>True if anything is asked for in particular.</summary>
    public bool IsSet => Person.Length + Client.Length + Kind.Length > 0 || !From.Empty || !Until.Empty;

    /// <summary>The filter; errors stand at their fields, and what is wrong is left out.</summary>
    /// <param name="zone">In which days begin.</param>
    public AuditFilter Read(string zone, FormErrors errors)
    {
        ClientId? client = null;
        if (TypedId.TryParse<ClientId>(Client, out var id)) client = id;
        else if (Client.Length > 0) errors.Add("client", "Enter the whole reference as it stands on the client record: 32 letters and digits.");
        var (from, until) = (Day("from", From, errors), Day("until", Until, errors));
        if (from > until) errors.Add("until", "The last day must not lie before the first.");
        return new(
            TypedId.TryParse<MemberId>(Person, out var member) ? member : null, client, Enum.TryParse<AuditGroup>(Kind, out var group) && Enum.IsDefined(group) ? group : null,
            from is { } first ? Midnight(first, zone) : null, until is { } last && last < DateOnly.MaxValue ? Midnight(last.AddDays(1), zone) : null);
    }

    /// <summary>The same filter elsewhere.</summary>
    /// <param name="before">Where the piece begins; null: at the newest.</param>
    public string Address(string path, Guid? before)
    {
        List<(string Name, string? Value)> parts =
        [
            ("person", Person), ("client", Client), ("kind", Kind), ("from.Day", From.Day), ("from.Month", From.Month), ("from.Year", From.Year),
            ("until.Day", Until.Day), ("until.Month", Until.Month), ("until.Year", Until.Year), ("before", before?.ToString("N")),
        ];
        var query = string.Join('&', parts.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static DateOnly? Day(string field, DateText text, FormErrors errors)
    {
        if (text.Empty) return null;
        if (text.TryGet(out var date) && date.Year is > 1970 and < 9000) return date;
        errors.Add(field, "Enter a real date, such as 24 11 2026.");
        return null;
    }

    private static DateTimeOffset Midnight(DateOnly day, string zone) => LocalTime.ToInstant(day.ToDateTime(TimeOnly.MinValue), zone);

    private static string One(IQueryCollection query, string name) => query[name].ToString() is { Length: <= 100 } text ? text : "";

    private static DateText Date(IQueryCollection query, string name) => new(One(query, name + ".Day"), One(query, name + ".Month"), One(query, name + ".Year"));

    /// <summary>As a file shows an instant: with its zone's offset.</summary>
    public static string Stamp(DateTimeOffset at, string zone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
