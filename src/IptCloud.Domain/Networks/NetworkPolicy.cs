using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Networks;

/// <summary>A network's own rules. Versioned: a decision stores what followed from it, never a reference to it.</summary>
/// <param name="Version">Raised with every change.</param>
/// <param name="QuietFrom">Local time of the client from which no message leaves.</param>
/// <param name="QuietUntil">Local time of the client from which messages may leave again.</param>
/// <param name="MessagesPerWeek">At most so many messages to one client in any seven days (domain.md §3.4: three).</param>
/// <param name="ReminderDaysBefore">Days between a session reminder and its session.</param>
/// <param name="GraceMinutes">Minutes after a session's scheduled end before its attendance counts as not recorded.</param>
/// <param name="MissedAfterHours">Hours after that flag when, without draft, arrival or answer, the session is recorded as missed by policy; null: only a person may record a miss.</param>
/// <param name="LateCancelHours">A cancellation by the client inside this notice is marked late.</param>
/// <param name="GateGraceHours">Hours after the last session of a phase before an unfinished gate becomes overdue.</param>
/// <param name="UnansweredLimit">After so many unanswered prompts in a row the prompts stop and the therapist is told.</param>
/// <param name="FollowUpHours">Hours within which a missed session is to be followed up.</param>
[GenerateSerializer, Immutable, Alias("ipt.networks.policy")]
public sealed record NetworkPolicy(
    int Version,
    TimeOnly QuietFrom,
    TimeOnly QuietUntil,
    int MessagesPerWeek,
    int ReminderDaysBefore,
    int GraceMinutes,
    int? MissedAfterHours,
    int LateCancelHours,
    int GateGraceHours,
    int UnansweredLimit,
    int FollowUpHours)
{
    /// <summary>The defaults a new network starts with (domain.md §3.4, §6.4; all derived, to be confirmed by its clinical lead).</summary>
    public static NetworkPolicy Default { get; } = new(1, new(20, 0), new(8, 0), 3, 1, 15, 24, 24, 24, 2, 24);
}

/// <summary>What a decision needs of the clinic and its network, read once at the edge.</summary>
/// <param name="DutyLead">The clinician told of every alert beside the therapist; null if none is named.</param>
/// <param name="Members">The clinic's members that may run a course, for checking a transfer.</param>
[GenerateSerializer, Immutable, Alias("ipt.networks.clinic-facts")]
public sealed record ClinicFacts(ClinicId Clinic, string Zone, MemberId? DutyLead, ImmutableArray<MemberId> Members)
{
    /// <summary>Who may act for an absent member of the clinic, and when; a decision looks whether now lies within.</summary>
    [Id(0)]
    public ImmutableArray<Deputising> Deputies { get; init; } = [];

    /// <summary>The network does not pay: nothing new is started, everything that runs goes on.</summary>
    [Id(1)]
    public bool IsRestricted { get; init; }

    /// <summary>True if the deputy may act for the absent member at that instant.</summary>
    public bool Deputises(MemberId? deputy, MemberId absent, DateTimeOffset at) => Deputies.Any(d => d.Deputy == deputy && d.Absent == absent && d.From <= at && at < d.Until);
}

/// <summary>A colleague named to act for an absent therapist.</summary>
/// <param name="Until">From then on no longer.</param>
[GenerateSerializer, Immutable, Alias("ipt.networks.deputising")]
public sealed record Deputising(MemberId Absent, MemberId Deputy, DateTimeOffset From, DateTimeOffset Until);
