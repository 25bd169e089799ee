using IptCloud.Host;

namespace IptCloud.Rounds.Chaos;

/// <summary>An installation under trial.</summary>
/// <param name="Folder">Holds everything of it.</param>
/// <param name="Url">Where people reach it.</param>
/// <param name="Certificate">The one it shows; null where the address is http.</param>
/// <param name="Seeding">A process that takes part in it while people and courses are made.</param>
/// <param name="Checking">What is stored is read with this.</param>
internal sealed record Installation(string Folder, Uri Url, string? Certificate, Launch Seeding, Launch Checking)
{
    /// <summary>After the seeding, before anybody comes.</summary>
    public Func<Task> SeededAsync { get; init; } = () => Task.CompletedTask;
}
