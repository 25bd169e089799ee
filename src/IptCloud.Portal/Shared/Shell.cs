namespace IptCloud.Portal.Shared;

/// <summary>The part of the portal that a page belongs to; its link is marked in the bar.</summary>
public enum Area
{
    /// <summary>None of the links.</summary>
    None,

    /// <summary>My day.</summary>
    MyDay,

    /// <summary>The caseload and every course in it.</summary>
    Caseload,

    /// <summary>The diary of a clinic.</summary>
    Diary,

    /// <summary>People, clinics and what else is set up.</summary>
    Network,

    /// <summary>Operations.</summary>
    Ops,
}

/// <summary>What <see cref="MainLayout"/> shows around a page. Supplied as a cascading value.</summary>
/// <param name="NetworkName">The clinic or network whose records are on the page.</param>
/// <param name="MemberName">Who is signed in; null leaves out the links and the sign-out button.</param>
/// <param name="CanSeeOps">Whether the member may open Ops.</param>
/// <param name="Current">The marked link.</param>
public sealed record Shell(string NetworkName, string? MemberName = null, bool CanSeeOps = false, Area Current = Area.None)
{
    /// <summary>Where the sign-out form posts.</summary>
    public string SignOutUrl { get; init; } = "/sign-out";

    /// <summary>Where the member's name leads; null shows it as text.</summary>
    public string? ProfileUrl { get; init; }

    /// <summary>Where the network can be changed; null if there is only one.</summary>
    public string? SwitchUrl { get; init; }

    /// <summary>What covers the page when nobody is at it; null leaves it uncovered.</summary>
    public PageLock? Lock { get; init; }

    /// <summary>What stands above every page, such as that nothing new can be started; null most of the time.</summary>
    public ShellNotice? Notice { get; init; }

    /// <summary>Links after the standard ones, for members who may see them.</summary>
    public IReadOnlyList<ShellLink> More { get; init; } = [];

    /// <summary>Whether the member may keep a clinic's diary.</summary>
    public bool CanKeepDiary { get; init; }

    /// <summary>Whether the member sets something up.</summary>
    public bool CanSetUp { get; init; }

    /// <summary>Whether the member may have, read or refer courses.</summary>
    public bool HasCaseload { get; init; } = true;

    internal IEnumerable<ShellLink> Links => MemberName is null ? [] :
    [
        new("My day", "/my-day", Current == Area.MyDay),
        .. HasCaseload ? [new ShellLink("Caseload", "/caseload", Current == Area.Caseload)] : Array.Empty<ShellLink>(),
        .. CanKeepDiary ? [new ShellLink("Diary", "/diary", Current == Area.Diary)] : Array.Empty<ShellLink>(),
        .. CanSetUp ? [new ShellLink("Network", "/network", Current == Area.Network)] : Array.Empty<ShellLink>(),
        .. CanSeeOps ? [new ShellLink("Ops", "/ops", Current == Area.Ops)] : Array.Empty<ShellLink>(),
        .. More,
    ];
}

/// <summary>Whose page it is, so that only a new sign-in of the same person in the same network uncovers it.</summary>
/// <param name="Person">The member.</param>
/// <param name="Network">The network.</param>
/// <param name="Session">The sign-in.</param>
public sealed record PageLock(string Person, string Network, string Session);

/// <summary>A line above every page.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Href">Where it can be settled; null for readers who cannot.</param>
public sealed record ShellNotice(Tone Tone, string Text, string? Href);

/// <summary>One link of the top bar.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Current">Whether the page belongs to it.</param>
public sealed record ShellLink(string Text, string Href, bool Current = false);

/// <summary>What <see cref="ClientLayout"/> shows: nothing that says who treats the reader, or for what.</summary>
/// <param name="SenderName">The clinic's neutral sender name.</param>
/// <param name="Help">The clinic's crisis help.</param>
public sealed record ClientShell(string SenderName, CrisisHelp Help);

/// <summary>Where a client finds help at once; set by each clinic.</summary>
/// <param name="Emergency">One sentence, such as "If you are in danger, call 999."</param>
/// <param name="Lines">Whom to reach, the most helpful first.</param>
public sealed record CrisisHelp(string Emergency, IReadOnlyList<HelpLine> Lines);

/// <summary>One line of help.</summary>
/// <param name="Name">Who answers.</param>
/// <param name="Number">The number as people read it; the link drops its spaces.</param>
/// <param name="When">When they answer, in words.</param>
public sealed record HelpLine(string Name, string Number, string When)
{
    internal string Href => "tel:" + string.Concat(Number.Where(c => char.IsAsciiDigit(c) || c == '+'));
}
