using System.Collections.Immutable;
using IptCloud.Domain.Protocols;

namespace IptCloud.Host.Demo.Texts;

/// <summary>Sentences from which the notes of invented sessions are put together.</summary>
internal static class Notes
{
    private static readonly ImmutableArray<string> Openings =
    [
        "Came on time and settled quickly.", "Looked tired; slept badly for three nights.", "Brighter than last week and said so.", "Began with the week: two good days, then a hard weekend.",
        "Quiet at first, more open in the second half.", "Went through the questionnaires together before anything else.", "Brought the notes made at home.", "Asked to begin with what happened on Friday.",
    ];

    private static readonly ImmutableArray<string> Initial =
    [
        "Took the history of this episode and of earlier ones. Named depression as an illness that can be treated; relief at hearing it.",
        "Agreed which duties can rest for now and which shall stay.",
        "Went on with the inventory: who is there, what is given and what is expected.",
        "Drew the timeline together: symptoms began within weeks of the change at home.",
        "Compared two possible foci and left the choice open until next time.",
        "Talked about what treatment asks of both of us: weekly, time-limited, about people rather than about the past.",
    ];

    private static readonly ImmutableArray<string> Ending =
    [
        "Counted the sessions left. Sad and a little proud; both were named.",
        "Went through the scores from the first week until today and asked what made the difference. Credited to the client.",
        "Listed early signs: sleep, not answering the phone, putting off the post.",
        "Made the plan for a setback: whom to tell first, how to come back.",
        "Looked at the circle again beside the first one; two people have moved closer.",
        "Talked about what will be missed in these hours and where else it can be found.",
    ];

    private static readonly ImmutableArray<string> Closings =
    [
        "Linked the mood of the week to what happened with others.", "Agreed the task for the week in the client's own words.", "Will try it at a calm moment and tell how it went.",
        "Risk reviewed; no change to the plan.", "Asked what to keep from today; answered without hesitation.", "Next week we go on from here.",
    ];

    private static ImmutableArray<string> Middle(FocusArea focus) => focus switch
    {
        FocusArea.Grief =>
        [
            "Told the last days in hospital in detail for the first time. Much feeling, well borne.",
            "Spoke of what was good and of what was hard with the father; allowed both.",
            "Brought a photograph. Laughed and cried about the same story.",
            "Looked at what the weekends could hold now. Thought of the allotment.",
            "Visited the grave with the brother and spoke about it on the way back.",
        ],
        FocusArea.RoleDispute =>
        [
            "Went through Tuesday's argument sentence by sentence: what was said, meant, heard.",
            "Sorted expectations into those never spoken and those refused. Most were never spoken.",
            "Practised asking for one thing without the list of old ones.",
            "The dispute is not at an impasse: both still try. Chose to renegotiate the evenings.",
            "Reported a talk that stayed calm for twenty minutes. Worked out what made that possible.",
        ],
        FocusArea.RoleTransition =>
        [
            "Spoke of what the old work gave: rhythm, company, being asked. Mourned it properly.",
            "Two columns on paper: the new situation is not only loss.",
            "Rehearsed the first question to the new group.",
            "Took on one small responsibility and liked it.",
            "Met someone in the same situation; felt less alone with it.",
        ],
        _ =>
        [
            "Reviewed three past friendships; each faded at the point where something had to be said.",
            "Role-played saying yes to an invitation, then no, then yes with a condition.",
            "Used what happened between us last week as an example; it could be spoken about.",
            "Stayed for tea after choir practice. Nobody noticed the fear.",
            "Wrote to an old friend and had an answer within the hour.",
        ],
    };

    /// <summary>The note of a session.</summary>
    public static string Of(Dice dice, string session, Phase phase, FocusArea focus)
    {
        var body = phase switch { Phase.Initial => Initial, Phase.Middle => Middle(focus), _ => Ending };
        var first = dice.Between(0, body.Length - 1, $"{session} body");
        var second = dice.Happens(0.55, $"{session} more") ? $" {body[(first + 2) % body.Length]}" : "";
        return $"{dice.Pick(Openings, $"{session} opening")} {body[first]}{second}\n\n{dice.Pick(Closings, $"{session} closing")}";
    }

    /// <summary>A note as far as it was typed when the phone rang.</summary>
    public static string Begun(DemoCase story) =>
        $"{story.Dice.Pick(Openings, "begun")} {Middle(story.Focus)[0]} Wanted to come back to";

    public static readonly ImmutableArray<(string Reason, string Text)> Amendments =
    [
        ("A detail was missing", "Medication: the dose was changed by the GP on Monday; the client mentioned it at the door."),
        ("Wrong day in the text", "The conversation described took place on Thursday, not on Friday."),
        ("Added after supervision", "Discussed in supervision: keep to one request at a time in the next role-play."),
    ];
}
