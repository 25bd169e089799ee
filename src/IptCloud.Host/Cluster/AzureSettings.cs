using System.Text.RegularExpressions;

namespace IptCloud.Host.Cluster;

/// <summary>The storage account in which the processes of a cluster find one another and silos keep snapshots.</summary>
internal sealed partial record AzureSettings
{
    private const string Prefix = "Azure__";
    private static readonly string[] Variables = [$"{Prefix}{nameof(Connection)}", $"{Prefix}{nameof(BlobService)}", $"{Prefix}{nameof(TableService)}", $"{Prefix}{nameof(ClientId)}", $"{Prefix}{nameof(Name)}"];

    /// <summary>The account's connection string, which holds its key; null: see <see cref="BlobService"/>.</summary>
    public string? Connection { get; private init; }

    /// <summary>The address of the blob service, which is shown the identity of the machine.</summary>
    public Uri? BlobService { get; private init; }

    /// <summary>The address of the table service.</summary>
    public Uri? TableService { get; private init; }

    /// <summary>The client id of the identity, if it is not the machine's own.</summary>
    public string? ClientId { get; private init; }

    /// <summary>What container and table are named after. Of two installations that share an account, and a name, the silos would form one cluster.</summary>
    public string Name { get; private init; } = "iptcloud";

    /// <summary>Reads the variables <c>Azure__…</c>; null if none is set.</summary>
    /// <param name="compiledIn">This build has the plug-in.</param>
    /// <exception cref="LaunchException">They do not say which account is meant, or this build has no use for one.</exception>
    public static AzureSettings? Read(Func<string, string?> environment, bool compiledIn)
    {
        if (Variables.FirstOrDefault(v => environment(v) is { Length: > 0 }) is not { } set) return null;
        if (!compiledIn) throw new LaunchException($"This build has no Azure Storage in it, but {set} is set. Build it with -p:AzureStorage=true, or unset what begins with Azure__.");
        AzureSettings settings = new()
        {
            Connection = environment("Azure__Connection") is { Length: > 0 } connection ? connection : null,
            BlobService = Service(environment, "Azure__BlobService"),
            TableService = Service(environment, "Azure__TableService"),
            ClientId = environment("Azure__ClientId") is { Length: > 0 } client ? client : null,
            Name = environment("Azure__Name") is not { Length: > 0 } name ? "iptcloud"
                : OwnName().IsMatch(name) ? name
                : throw new LaunchException($"Azure__Name takes 3 to 40 lower-case letters and digits, a letter first, not '{name}'."),
        };
        return settings switch
        {
            { Connection: not null, BlobService: null, TableService: null, ClientId: null } or { Connection: null, BlobService: not null, TableService: not null } => settings,
            { Connection: not null } => throw new LaunchException("Azure__Connection holds the account's key; without it Azure__BlobService and Azure__TableService are asked by identity. Name the one or the others."),
            _ => throw new LaunchException("Azure__BlobService and Azure__TableService belong together: silos keep snapshots in the one and find each other in the other."),
        };
    }

    private static Uri? Service(Func<string, string?> environment, string variable) =>
        environment(variable) is not { Length: > 0 } text ? null
        // The identity's token goes there.
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps ? url
        : throw new LaunchException($"{variable} takes an https address such as https://ACCOUNT.blob.core.windows.net, not '{text}'.");

    [GeneratedRegex("^[a-z][a-z0-9]{2,39}$")]
    private static partial Regex OwnName();
}
