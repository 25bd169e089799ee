using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using IptCloud.Data.Journal;
using IptCloud.Domain.Identifiers;
using IptCloud.Host.Cluster;

namespace IptCloud.Host;

/// <summary>What to do, as asked for on the command line.</summary>
internal enum Verb
{
    /// <summary>Serve: portal, silo and worker, in one process unless told otherwise.</summary>
    Run,
    /// <summary>Bring the schema up to date and stop.</summary>
    Migrate,
    /// <summary>Rebuild the derived tables from the journal, or compare them with it, and stop.</summary>
    Rebuild,
    /// <summary>Move an embedded installation into PostgreSQL, and stop.</summary>
    ImportEmbedded,
    /// <summary>Rotate, re-seal or erase keys, and stop.</summary>
    Keys,
    /// <summary>Check the audit's chains, and stop.</summary>
    Audit,
    /// <summary>Write a backup beside running hosts, and stop.</summary>
    Backup,
    /// <summary>Put a backup into a new place, check it there, and stop.</summary>
    Restore,
    /// <summary>Print the table of role and action.</summary>
    Access,
    /// <summary>Make products, prices and the webhook endpoint at Stripe.</summary>
    Stripe,
    /// <summary>Give a person the platform's role.</summary>
    GrantOps,
    /// <summary>Take it back.</summary>
    RevokeOps,
    /// <summary>Print how to use the program.</summary>
    Help,
}

/// <summary>The command line and the environment, read once.</summary>
/// <param name="DataFolder">Where the embedded profile keeps everything.</param>
/// <param name="Postgres">Connection string; null in the embedded profile.</param>
/// <param name="Speed">How fast the clinic clock runs; only on an embedded installation.</param>
/// <param name="Check">For <see cref="Verb.Rebuild"/>: compare only.</param>
internal sealed record Launch(Verb Verb, string DataFolder, string? Postgres, Uri Url, double Speed, bool Demo, bool Check)
{
    /// <summary>The file of the master keys, where it is not in the data folder.</summary>
    private string? NamedMasterKeyFile { get; init; }

    /// <summary>The file of the master keys. Every process of a cluster reads the same.</summary>
    public string MasterKeyFile => NamedMasterKeyFile ?? Path.Combine(DataFolder, "master.key");

    /// <summary>For <see cref="Verb.Keys"/>: what to do, and to which network.</summary>
    public ImmutableArray<string> Words { get; private init; } = [];
    /// <summary>For <see cref="Verb.Audit"/> and re-sealing: the one network that is meant; null: all.</summary>
    public NetworkId? Network { get; init; }

    /// <summary>The address by which people reach the portal, if it is not the one that it listens on.</summary>
    public Uri? NamedPublicUrl { get; init; }

    /// <summary>The address by which people reach the portal: links, cookies and passkeys are made for it.</summary>
    public Uri PublicUrl => NamedPublicUrl ?? Url;

    /// <summary>Proxies whose word for the sender's address is taken.</summary>
    public ImmutableArray<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Who may read <c>/metrics</c> beside this machine.</summary>
    public ImmutableArray<IPNetwork> Scrapers { get; init; } = [];

    /// <summary>Whether somebody at this address may read <c>/metrics</c>.</summary>
    public bool MayScrape(IPAddress from) => IPAddress.IsLoopback(from) || Scrapers.Any(s => s.Contains(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from));

    /// <summary>A folder of settings that nobody else may see, each a file of its name; null: there are none but those in the environment.</summary>
    public string? Secrets { get; init; }

    private JournalRelease? NamedWrites { get; init; }

    /// <summary>Up to which release this process writes: in a cluster that of the release before until told otherwise, since its processes may still be there.</summary>
    public JournalRelease Writes => NamedWrites ?? (IsEmbedded ? JournalRelease.Newest : JournalRelease.Before);

    /// <summary>What this process does.</summary>
    public ProcessRoles Roles { get; init; } = ProcessRoles.All;

    /// <summary>How the processes of a cluster find and reach one another.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Where the processes find one another and keep snapshots; null: in the database.</summary>
    public AzureSettings? Azure { get; init; }

    /// <summary>On an embedded installation: networks are billed by the simulator.</summary>
    public bool Billing { get; init; } = true;

    private Uri? NamedSimulatorUrl { get; init; }

    /// <summary>Where the simulated payment service listens: the portal's next port unless named.</summary>
    public Uri SimulatorUrl => NamedSimulatorUrl ?? new UriBuilder(Uri.UriSchemeHttp, "localhost", Url.Port == 65535 ? 5081 : Url.Port + 1).Uri;

    /// <summary>For <see cref="Verb.Access"/>: the addresses, not the actions.</summary>
    public bool Endpoints { get; init; }

    /// <summary>For <see cref="Verb.GrantOps"/>: whose e-mail address.</summary>
    public string? Person { get; init; }

    /// <summary>For <see cref="Verb.Backup"/>: the folder; for <see cref="Verb.Restore"/>: the file.</summary>
    public string? Place { get; init; }

    /// <summary>For <see cref="Verb.Restore"/>: how long no deadline wakes its course.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Everything lies in one folder; nothing to install.</summary>
    public bool IsEmbedded => Postgres is null;

    /// <summary>The file of the embedded database.</summary>
    public string DatabaseFile => Path.Combine(DataFolder, "iptcloud.db");

    /// <summary>Where the embedded profile puts messages.</summary>
    public string MailboxFolder => Path.Combine(DataFolder, "mailbox");

    /// <summary>How to use the program.</summary>
    public const string Usage = """
        iptcloud [run] [--data FOLDER] [--url http://localhost:5080] [--roles portal,silo,worker] [--speed N] [--no-demo] [--no-billing]
        iptcloud migrate
        iptcloud import-embedded --data FOLDER
        iptcloud rebuild [--check]
        iptcloud keys rotate-master
        iptcloud keys rotate NETWORK | --all
        iptcloud keys reseal [--network ID]
        iptcloud keys erase NETWORK --yes
        iptcloud backup FOLDER                   beside running hosts; without the master key
        iptcloud restore FILE [--hold HOURS]     into a new folder or database only, with the master key put there first; exit code 1 if it is not whole
        iptcloud audit verify [--network ID]     exit code 1 if a chain is broken
        iptcloud access [--endpoints]
        iptcloud stripe set-up [--url https://…]
        iptcloud grant-ops EMAIL [--network ID]
        iptcloud revoke-ops EMAIL [--network ID]

          --data FOLDER   where the embedded profile keeps everything (default: .iptcloud in the current folder)
          --url URL       where the process listens (default: http://localhost:5080)
          --public-url URL   how people reach the portal, if a proxy stands before it: https://portal.example.org
          --roles LIST    what this process does: portal, silo, worker (default: all three); fewer only with PostgreSQL
          --speed N       run the clinic clock N times as fast (1 to 10080); embedded profile only
          --no-demo       start empty: no demo network
          --no-billing    nobody is billed and nothing restricted; otherwise a simulated Stripe runs beside the portal
          --simulator URL where it listens (default: http://localhost: and the portal's next port)
          --network ID    one network only, instead of all
          access          print who may do what; with --endpoints, whom each address lets in
          stripe set-up   make product, price, portal and webhook endpoint at Stripe; needs Stripe__ApiKey
          grant-ops       give a member the platform's role; no network can
          import-embedded   moves the installation in FOLDER into the empty PostgreSQL database, compares both; it stays as it is
          --hold HOURS    after a restore no deadline wakes its course for so long (default: 24): time to chart what was lost
          --check         compare the derived tables with the journal, change nothing; exit code 1 on a difference

          keys rotate-master   a new master key; wraps every network's keys with it
          keys rotate          a new data key, which everything written from now on is sealed with
          keys reseal          seal with the newest data key what was sealed with older ones; then drop those
          keys erase           delete a network's keys: nothing of it can be read again, by nobody

        Environment:

          IPTCLOUD_POSTGRES   "Host=…;Database=…;Username=…" keeps everything in PostgreSQL; run "iptcloud migrate" first
          IPTCLOUD_DATA, IPTCLOUD_URL, IPTCLOUD_PUBLIC_URL, IPTCLOUD_ROLES   as --data, --url, --public-url and --roles, which count more
          IPTCLOUD_PROXIES   addresses or networks of the proxies whose X-Forwarded-For is believed (default: nobody's)
          IPTCLOUD_SCRAPERS   addresses or networks that may read /metrics beside this machine (default: none)
          IPTCLOUD_WRITES   up to which release a cluster writes (default: 0.1, which processes of the release before read as well); 0.2 once none of those is left
          IPTCLOUD_SECRETS   a folder with a file for each setting that is a secret, such as Smtp__Password (default: systemd's CREDENTIALS_DIRECTORY)
          Cluster__Address   on which silos and gateways listen, and are found by the others (default: 127.0.0.1)
          Cluster__SiloPort, Cluster__GatewayPort   their ports (default: the port of --url and 10,000 or 20,000 more)
          Cluster__Certificate, Cluster__Key, Cluster__Authority   PEM files: TLS between processes, both ways; needed on any address but loopback
          Cluster__DrainSeconds   how long a process told to stop goes on answering while /health/ready says no (default: 0)
          Azure__Connection   storage account in which processes find one another and keep snapshots, instead of PostgreSQL; in a build with -p:AzureStorage=true
          Azure__BlobService, Azure__TableService, Azure__ClientId   its two addresses instead: the machine's identity is shown there, or the one with this client id
          Azure__Name   what container and table are named after (default: iptcloud); two installations that share an account need two
          Smtp__Host, Smtp__Port, Smtp__FromAddress   mail leaves over SMTP instead of the mailbox folder
          Smtp__Security, Smtp__User, Smtp__Password   StartTls (default), Tls or None (a relay on this machine); how to sign in
          Stripe__ApiKey, Stripe__WebhookSecret   networks are billed by Stripe; without them by the simulator (embedded) or not at all
          OTEL_EXPORTER_OTLP_ENDPOINT   traces and metrics leave over OTLP, e.g. to http://localhost:4317
          IPTCLOUD_MASTER_KEY_FILE   the master key (default: master.key in the data folder); keep a copy where no backup of the data lies
        """;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="LaunchException">Something on it is not understood.</exception>
    public static Launch Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var launch = new Launch(Verb.Run, Path.GetFullPath(environment("IPTCLOUD_DATA") ?? ".iptcloud"), environment("IPTCLOUD_POSTGRES"), new(environment("IPTCLOUD_URL") ?? "http://localhost:5080"), 1, true, false) 
        {
            NamedMasterKeyFile = environment("IPTCLOUD_MASTER_KEY_FILE"),
            NamedPublicUrl = environment("IPTCLOUD_PUBLIC_URL") is { Length: > 0 } address ? PublicAddress(address) : null,
            Proxies = [.. Verbs.PublicAddress.Networks("IPTCLOUD_PROXIES", environment("IPTCLOUD_PROXIES") ?? "")],
            Scrapers = [.. Verbs.PublicAddress.Networks("IPTCLOUD_SCRAPERS", environment("IPTCLOUD_SCRAPERS") ?? "")],
            NamedWrites = environment("IPTCLOUD_WRITES") is { Length: > 0 } release ? JournalRelease.Parse(release) ?? throw new LaunchException($"IPTCLOUD_WRITES takes a release from {JournalRelease.First} to {JournalRelease.Newest}, not '{release}'.") : null,
            Secrets = environment("IPTCLOUD_SECRETS") ?? environment("CREDENTIALS_DIRECTORY"),
            Roles = environment("IPTCLOUD_ROLES") is { Length: > 0 } roles ? ProcessRolesText.Parse(roles) : ProcessRoles.All,
            Cluster = ClusterSettings.Read(environment),
            Azure = AzureSettings.Read(environment, AzurePlugIn.IsCompiledIn),
        };
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new LaunchException($"{args[i - 1]} needs a value.");
            launch = args[i] switch
            {
                "keys" => launch with { Verb = Verb.Keys },
                "run" => launch with { Verb = Verb.Run },
                "migrate" => launch with { Verb = Verb.Migrate },
                "audit" => Value() == "verify" ? launch with { Verb = Verb.Audit } : throw new LaunchException("The audit can be verified: iptcloud audit verify."),
                "--network" => launch with { Network = TypedId.TryParse<NetworkId>(Value(), out var network) ? network : throw new LaunchException("--network takes a network's id.") },
                "import-embedded" => launch with { Verb = Verb.ImportEmbedded },
                "rebuild" => launch with { Verb = Verb.Rebuild },
                "backup" => launch with { Verb = Verb.Backup, Place = Value() },
                "restore" => launch with { Verb = Verb.Restore, Place = Value() },
                "--hold" => launch with { Hold = HoursOf(Value()) },
                "access" => launch with { Verb = Verb.Access },
                "--endpoints" => launch with { Endpoints = true },
                "grant-ops" => launch with { Verb = Verb.GrantOps, Person = Value() },
                "revoke-ops" => launch with { Verb = Verb.RevokeOps, Person = Value() },
                "stripe" => Value() == "set-up" ? launch with { Verb = Verb.Stripe } : throw new LaunchException("Stripe can be set up: iptcloud stripe set-up."),
                "--no-billing" => launch with { Billing = false },
                "--simulator" => launch with { NamedSimulatorUrl = Address(Value()) },
                "help" or "--help" or "-h" => launch with { Verb = Verb.Help },
                "--data" => launch with { DataFolder = Path.GetFullPath(Value()) },
                "--url" or "--urls" => launch with { Url = Address(Value()) },
                "--public-url" => launch with { NamedPublicUrl = PublicAddress(Value()) },
                "--roles" => launch with { Roles = ProcessRolesText.Parse(Value()) },
                "--speed" => launch with { Speed = SpeedOf(Value()) },
                "--no-demo" => launch with { Demo = false },
                "--check" => launch with { Check = true },
                var word when launch.Verb == Verb.Keys => launch with { Words = launch.Words.Add(word) },
                var other => throw new LaunchException($"'{other}' is not understood. Try --help."),
            };
        }

        if (!launch.IsEmbedded && launch.Speed > 1) throw new LaunchException("--speed works on the embedded profile only: in a cluster the clocks must agree.");
        if (launch.IsEmbedded && launch.Azure is not null) throw new LaunchException("Azure Storage holds a cluster together, and snapshots; the journal is in PostgreSQL. Name it with IPTCLOUD_POSTGRES.");
        if (launch.IsEmbedded && launch.Roles != ProcessRoles.All) throw new LaunchException("--roles needs PostgreSQL (IPTCLOUD_POSTGRES): the embedded profile is one process with all roles.");
        if (launch is { Verb: Verb.Run, NamedPublicUrl: null } && launch.Roles.HasFlag(ProcessRoles.Worker) && !launch.Roles.HasFlag(ProcessRoles.Portal)) throw new LaunchException("A worker beside no portal needs --public-url: the links in its messages lead there.");
        return launch;
    }

    private static Uri PublicAddress(string text) =>
        Address(text) is { PathAndQuery: "/", UserInfo: "" } url && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback) ? url : throw new LaunchException($"--public-url takes https and a host, such as https://portal.example.org, not '{text}'.");

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url! : throw new LaunchException($"'{text}' is not an address such as http://localhost:5080.");

    private static TimeSpan HoursOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= 8760 ? TimeSpan.FromHours(hours) : throw new LaunchException("--hold takes a number of hours.");

    private static double SpeedOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is >= 1 and <= 10_080 ? speed : throw new LaunchException("--speed takes a number from 1 to 10080.");
}

/// <summary>The program cannot start; the message is one line for the person who started it.</summary>
internal sealed class LaunchException(string message) : Exception(message);
