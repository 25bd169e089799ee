using System.Text;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Networks;

namespace IptCloud.Portal.Audit;

/// <summary>The audit's codes in words.</summary>
internal static class AuditWords
{
    /// <summary>The stored code of a command: its name in small letters, such as "record-attendance".</summary>
    public static string CodeOf(Type command)
    {
        var code = new StringBuilder(command.Name.Length + 6);
        foreach (var ch in command.Name)
        {
            if (char.IsUpper(ch) && code.Length > 0) code.Append('-');
            code.Append(char.ToLowerInvariant(ch));
        }

        return code.ToString();
    }

    private static readonly HashSet<string> commands = [.. typeof(CourseCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CourseCommand))).Select(CodeOf)];

    /// <summary>What was done, as a sentence of its own.</summary>
    public static string Of(AuditEntry entry)
    {
        var words = AuditActions.Find(entry.Action)?.Words ?? entry.Action;
        if (entry.Action == AuditActions.Command.Code && entry.Detail is { } code && commands.Contains(code)) words += ": " + code.Replace('-', ' ');
        else if (entry.Action == AuditActions.ChainBroken.Code && Enum.TryParse<AuditFault>(entry.Detail, out var fault)) words += ": " + Of(fault);
        else if (entry.Action == AuditActions.People.Code && SettingsChange.Find(entry.Detail) is { } change) words = change.Words;
        else if (entry.Action == AuditActions.Key.Code && KeyUses.TryGetValue(entry.Detail ?? "", out var use)) words = use;
        else if (entry.Action == AuditActions.Support.Code && PlatformDeeds.TryGetValue(entry.Detail ?? "", out var deed)) words = deed;
        else if (entry.Action == AuditActions.SignIn.Code && Reasons.TryGetValue(entry.Detail ?? "", out var reason)) words += ": " + reason;
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>What is wrong with a link.</summary>
    public static string Of(AuditFault fault) => fault switch
    {
        AuditFault.ChangedEntry => "an entry was changed",
        AuditFault.MissingEntry => "an entry is missing",
        AuditFault.MissingLink => "a link is missing",
        _ => "links were reordered or changed",
    };

    /// <summary>Kinds of actions.</summary>
    public static string Of(AuditGroup group) => group switch
    {
        AuditGroup.Read => "Reading a record",
        AuditGroup.Change => "Changing a record",
        AuditGroup.SignIn => "Signing in and refusals",
        AuditGroup.Network => "People and settings",
        AuditGroup.Platform => "Operations and support",
        AuditGroup.Keys => "Keys",
        _ => "The audit itself",
    };

    /// <summary>Who it was, where it is no member.</summary>
    public static string Of(ActorKind? kind) => kind switch
    {
        ActorKind.System => "The system",
        ActorKind.Client => "The client, by a link",
        _ => "Nobody signed in",
    };

    private static readonly Dictionary<string, string> KeyUses = new()
    {
        [KeyDeeds.Opened] = "opened the network's data keys in a process",
        [KeyDeeds.Rotated] = "made a new data key",
        [KeyDeeds.Rewrapped] = "wrapped the network's data keys with another master key",
        [KeyDeeds.Erased] = "deleted the network's data keys",
        [KeyDeeds.Resealed] = "sealed the records anew with the newest data key",
    };

    private static readonly Dictionary<string, string> PlatformDeeds = new()
    {
        [OpsDeeds.Granted] = "gave a member the platform's role",
        [OpsDeeds.Revoked] = "took the platform's role from a member",
        [OpsDeeds.Clock] = "changed the speed of the clinic clock",
    };

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["refused"] = "the password did not match, or the account was locked",
        ["suspended"] = "the person is suspended",
        ["no-factor"] = "with the password alone, to set up a second factor",
        ["too-many"] = "too many attempts",
        ["no-network"] = "the account belongs to no network",
        ["choose"] = "a network was still to be chosen",
    };
}
