using System.Text.Encodings.Web;

namespace IptCloud.StripeSimulator.Pages;

internal static class Html
{
    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    /// <summary>A whole page; the body is markup.</summary>
    public static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)} – Simulated Stripe</title>
        <link rel="stylesheet" href="/simulator.css">
        </head>
        <body>
        <header><p><strong>Simulated Stripe: no money moves</strong></p></header>
        <main>
        <h1>{Encode(title)}</h1>
        {body}
        </main>
        </body>
        </html>
        """;

    /// <summary>A form that is one button.</summary>
    public static string Button(string path, string action, string label, string kind = "", string hidden = "") => $"""
        <form method="post" action="{Encode(path)}">{hidden}<button name="action" value="{Encode(action)}"{(kind.Length > 0 ? $" class=\"{kind}\"" : "")}>{Encode(label)}</button></form>
        """;

    public static string Hidden(string name, string value) => $"<input type=\"hidden\" name=\"{Encode(name)}\" value=\"{Encode(value)}\">";

    public static string Day(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);

    public static string Moment(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("d MMMM yyyy, HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}
