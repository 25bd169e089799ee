using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Risk;

namespace IptCloud.Host.Demo.Texts;

/// <summary>What invented members and clients write in the smaller fields.</summary>
internal static class Phrases
{
    public static readonly ImmutableArray<string> Referrals =
    [
        "Referred by the GP: low mood for five months, first episode treated. Asks for a talking therapy.",
        "Self-referral: tearful, sleeping badly, off work for three weeks.",
        "Referred after a routine appointment: second episode; responded well to therapy some years ago.",
        "Referred by occupational health: depressed since the change at work, no sick leave so far.",
    ];

    public static readonly ImmutableArray<string> Missed = ["No call", "Forgot; rang later", ""];

    public static readonly ImmutableArray<string> Cancelled = ["Child ill", "Work trip", "Unwell", "Train cancelled", "Holiday"];

    public static readonly ImmutableArray<string> FollowUps =
    [
        "Rang at noon. Had mixed up the days and was sorry; next week stands.",
        "Spoke for five minutes: a bad morning, could not leave the house. Agreed to come next week and to begin with that.",
        "Reached on the second try. The argument at home was the reason; we will look at it together.",
    ];

    public static readonly ImmutableArray<string> Calls =
    [
        "Rang as agreed. The two bad days are over; will bring the letter to the next session.",
        "A short call to say that the talk with the brother took place, and that it went better than feared.",
        "Asked whether the next session can be moved; it can. Sounded rested.",
    ];

    public const string NotReached = "Rang twice and left a neutral message. Will try again before the next appointment.";

    public static readonly ImmutableArray<string> Waivers = ["Nothing has changed since the inventory was reviewed two weeks ago.", "Discussed at length already in the middle phase."];

    public static readonly ImmutableArray<string> HomeworkTexts =
    [
        "It was easier than I thought.", "Did it on Sunday. We talked for an hour.", "I started and then the week got away from me.", "Wrote half a page and stopped.", "Not the right week for it.", "",
        "It made me sad at first but I was glad afterwards.", "",
    ];

    public const string MissedRule = "A session missed without notice is offered again once; then we talk about what keeps you away.";

    public static string Goals(FocusArea focus) => focus switch
    {
        FocusArea.Grief => "Be able to speak of him without falling silent. Meet somebody at least once a week.",
        FocusArea.RoleDispute => "Talk about the evenings and the money without a quarrel. Know what I want to ask for.",
        FocusArea.RoleTransition => "Find my feet in the new situation. Have one thing a week that I look forward to.",
        _ => "Have two people I can ring. Stay when I would rather leave.",
    };

    public static string WhyFocus(FocusArea focus) => focus switch
    {
        FocusArea.Grief => "Symptoms began six weeks after the death, and the mourning has not got under way.",
        FocusArea.RoleDispute => "Symptoms rise and fall with the disagreement at home; both sides still want to go on.",
        FocusArea.RoleTransition => "Symptoms began with the change and with the loss of the people who belonged to the old role.",
        _ => "No single event; few and short relations over many years, and the wish for more of them.",
    };

    public static string Formulation(FocusArea focus, bool final)
    {
        var core = focus switch
        {
            FocusArea.Grief => "You became depressed after your father died. There was so much to arrange that there was no room to miss him, and you have had to carry it without the one you would have asked.",
            FocusArea.RoleDispute => "You became depressed while you and your partner stopped being able to settle things. You each expect something that the other does not know of, and after every quarrel you withdraw a little further.",
            FocusArea.RoleTransition => "You became depressed when your old life ended before a new one had begun. You lost more than the work: the people, the rhythm, the feeling of being asked.",
            _ => "You became depressed after a long time of being much alone. When people come closer something makes you step back, and afterwards it looks as if they had left.",
        };
        return final
            ? $"{core}\n\nDepression is an illness, not a failing, and it can be treated. Over the next weeks we will work on this together: what you feel, what you want, and what you can try with the people around you."
            : core;
    }

    public static readonly ImmutableArray<string> Holds = ["Admitted to hospital for an operation; back in a few weeks", "Abroad for a family matter", "Caring for a newborn; asked for a pause"];

    public const string Transfer = "Therapist's hours change; agreed with the client in the last session.";

    public static string AlertText(AlertOutcome outcome) => outcome switch
    {
        AlertOutcome.SafetyPlanAgreed => "Spoke by phone. Passing thoughts in the evenings, no plan, no means at hand. Wrote the safety plan together: whom to ring, what helps, what to put away. Partner knows.",
        AlertOutcome.CrisisTeam => "Thoughts most days and sleep gone. Handed to the crisis team with the client's agreement; they see the client tonight. Next session stands.",
        _ => "Asked about it at once. The same passing thoughts as last week, no plan, no intent. The safety plan still holds; it was read through again.",
    };

    public static string Review(CourseEnd end) => end switch
    {
        CourseEnd.Completed => "Worked on the agreed focus from the fourth session on. The client credits the change to having spoken out and to the people who answered. Early signs and the way back are written down; the client has a copy.",
        CourseEnd.CompletedEarly => "Remitted before the planned end and stable for three weeks. We agreed to stop here and went through early signs and the way back.",
        CourseEnd.EndedByClient => "Did not come to the last appointments and wrote that it is enough for now. The way back was explained; the GP is told.",
        CourseEnd.EndedByService => "The level of support needed is more than this service can give. Explained, and a handover was arranged.",
        CourseEnd.ReferredOn => "By agreement referred on for trauma-focused treatment; summary sent.",
        _ => "Moved to another city; the course goes on with a colleague there. Summary handed over with consent.",
    };
}
