namespace IptCloud.Domain;

/// <summary>Why a command was not carried out, worded for the person who reads it. A refused command changes nothing.</summary>
/// <param name="Code">Stable name, e.g. <c>note.already-signed</c>.</param>
/// <param name="Field">The form field it belongs to; empty if it concerns the whole command.</param>
/// <param name="Text">A sentence that says what is wrong and what to do.</param>
/// <param name="Current">What stands there now, where the form was stale: the other version of a text or a time.</param>
[GenerateSerializer, Immutable, Alias("ipt.refusal")]
public sealed record Refusal(string Code, string Field, string Text, string? Current = null);
