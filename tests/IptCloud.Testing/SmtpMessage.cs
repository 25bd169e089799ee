namespace IptCloud.Testing;

/// <summary>A message the sink has stored, with the envelope it came in; the file holds the bytes as sent.</summary>
public sealed record SmtpMessage(string Sender, IReadOnlyList<string> Recipients, string File)
{
    public string Text { get; } = System.IO.File.ReadAllText(File);
}
