using System.Text;

namespace IptCloud.Domain.Networks;

/// <summary>The table of role × action as text: what the verb <c>access</c> prints and the README holds.</summary>
public static class AccessText
{
    /// <summary>A Markdown table, one line per action.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        Line(text, ["may", .. AccessTable.Columns.Select(c => c.ToString()), "duty lead"]);
        Line(text, Enumerable.Repeat("---", AccessTable.Columns.Length + 2));
        foreach (var row in AccessTable.Rows)
            Line(text, [row.Words, .. AccessTable.Columns.Select(c => AccessTable.Cell(row, c) ?? "–"), row.DutyLead ? "own clinics" : "–"]);
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
