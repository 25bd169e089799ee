namespace IptCloud.Rounds.Chaos;

/// <summary>Something that goes wrong.</summary>
/// <param name="Key">Its name on the command line.</param>
/// <param name="Name">Its row in the table.</param>
/// <param name="MakeAsync">Makes it; answers with the moment from which every course should answer again, and with what is still to be undone.</param>
/// <param name="Target">Within which every course should answer; null where nobody promises that.</param>
internal sealed record Fault(string Key, string Name, Func<Task<Made>> MakeAsync, TimeSpan? Target)
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);
}

/// <summary>A fault that was made.</summary>
/// <param name="From">A timestamp of the system clock.</param>
/// <param name="Healed">Ends once everything is as it was before.</param>
/// <param name="Note">What else was seen.</param>
internal sealed record Made(long From, Task Healed, Func<string>? Note = null)
{
    public static Made Now() => new(TimeProvider.System.GetTimestamp(), Task.CompletedTask);
}
