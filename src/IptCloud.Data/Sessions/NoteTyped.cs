namespace IptCloud.Data.Sessions;

/// <summary>What stands in the form of a note.</summary>
/// <param name="Text">The text.</param>
/// <param name="Ticked">The codes that are ticked, separated by spaces.</param>
/// <param name="Seen">The newest revision that the form knows of; 0: none.</param>
/// <param name="BuildsOn">The revision that this was typed on; another than <paramref name="Seen"/> once someone kept a text of their own beside a newer one.</param>
public sealed record NoteTyped(string Text, string Ticked, int Seen, int BuildsOn);
