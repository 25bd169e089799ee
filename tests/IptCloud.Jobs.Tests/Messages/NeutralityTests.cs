using System.Text.RegularExpressions;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Messages;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Protocols;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Messages;

/// <summary>Anyone near the phone may read a message: it must say nothing about who is treated, for what, by whom, or how they are.</summary>
public sealed partial class NeutralityTests
{
    private const string Address = "https://portal.iptcloud.example.org";
    private static readonly string Secret = new('k', LinkToken.Length);

    public static TheoryData<MessageTemplate, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<MessageTemplate, bool, bool>();
            foreach (var template in Enum.GetValues<MessageTemplate>())
                foreach (var time in new[] { true, false })
                    foreach (var link in new[] { true, false })
                        if (template == MessageTemplate.Reminder || (link && !time)) cases.Add(template, time, link);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_message_holds_none_of_the_words_of_treatment(MessageTemplate template, bool time, bool link)
    {
        var message = Render(template, time, link);
        var words = Words().Matches($"{message.Subject} {message.Text}".Replace(Address, "", StringComparison.Ordinal)).Select(m => m.Value.ToLowerInvariant()).ToHashSet();

        Assert.Empty(words.Intersect(Forbidden()));
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_line_fits_a_text_message_and_the_text_is_short(MessageTemplate template, bool time, bool link)
    {
        var message = Render(template, time, link);
        var line = message.Text.Split("\n\n")[template == MessageTemplate.StaffAlert ? 0 : 1];

        Assert.InRange(line.Length, 10, MessageTexts.LongestLine);
        Assert.InRange(message.Text.Length, 20, 400);
        Assert.DoesNotContain('{', message.Text);
    }

    [Fact]
    public void The_line_stays_short_whatever_the_clinic_calls_itself()
    {
        var message = Render(MessageTemplate.Reminder, true, true, "The Old Schoolhouse Community Wellbeing Partnership of the Upper Valley", "Wilhelmina-Alexandrina of the Seven Long Middle Names");

        Assert.InRange(message.Text.Split("\n\n")[1].Length, 10, MessageTexts.LongestLine);
        Assert.StartsWith("Hello,", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_does_not_turn_the_words_around_it()
    {
        var message = Render(MessageTemplate.Reminder, true, true, "Elm \u202EStreet\u202C", "\u2066Sam\u2069");

        Assert.StartsWith("Hello Sam,", message.Text, StringComparison.Ordinal);
        Assert.Contains("Elm Street", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reminder_names_day_and_time_in_the_clients_words()
    {
        Assert.Contains("A reminder from Elm Street: Tuesday 24 November, 10:00.", Render(MessageTemplate.Reminder, true, false).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("November", Render(MessageTemplate.Reminder, false, false).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_greets_by_given_name_and_says_whom_to_call_and_how_to_stop()
    {
        var message = Render(MessageTemplate.Note, false, true);

        Assert.Equal(("You have a message", "Elm Street"), (message.Subject, message.FromName));
        Assert.StartsWith("Hello Sam,\n\nA short note from Elm Street is ready: https://portal.iptcloud.example.org/l/kkk", message.Text, StringComparison.Ordinal);
        Assert.Contains("call 020 7946 0000.", message.Text, StringComparison.Ordinal);
        Assert.EndsWith($"To stop these e-mails: {message.UnsubscribeUrl}\n", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_typed_as_a_name_cannot_break_out_of_its_line() =>
        Assert.StartsWith("Hello Sam  Bcc: x,\n\n", Render(MessageTemplate.Note, false, true, givenName: "Sam\r\nBcc: x").Text, StringComparison.Ordinal);

    private static OutgoingMessage Render(MessageTemplate template, bool time, bool link, string sender = "Elm Street", string givenName = "Sam")
    {
        var message = new MessageId(Guid.NewGuid());
        var staff = template == MessageTemplate.StaffAlert;
        return new MessageRenderer(Options.Create(new WorkerOptions { PublicUrl = new(Address) })).Render(new()
        {
            Key = new(new(Guid.NewGuid()), message),
            Attempt = 1,
            Template = template,
            Address = "someone@example.org",
            GivenName = staff ? null : givenName,
            SenderName = sender,
            Phone = "020 7946 0000",
            SessionLocal = time ? new DateTime(2026, 11, 24, 10, 0, 0) : null,
            LinkToken = link && !staff ? Secret : null,
            StopToken = staff ? null : new('s', 64),
        });
    }

    /// <summary>Everything domain.md §3.4 keeps out, taken from the data that the program itself ships.</summary>
    private static HashSet<string> Forbidden()
    {
        string[] texts =
        [
            .. new[] { ("phq-9", 1), ("gad-7", 1) }.Select(i => Catalog.Current.Instrument(i.Item1, i.Item2)!).SelectMany(i => i.Items.Select(q => q.Text).Concat(i.Bands.Select(b => b.Name)).Concat([i.Title, i.ShortTitle])),
            .. Enum.GetNames<Phase>().Append("Ending"), .. Enum.GetNames<FocusArea>(),
            "therapy therapist psychotherapy treatment depression anxiety clinic client patient session homework task score alert risk mother father partner grief dispute transition measure questionnaire suicide IPT missed fail streak",
        ];
        // Words that any sentence has, whatever it is about.
        return [.. texts.SelectMany(t => Words().Matches(t)).Select(m => m.Value.ToLowerInvariant()).Where(w => w.Length > 3).Except(["that", "have", "your", "been", "such", "they", "could", "other", "what", "with", "from", "being", "things", "having", "people", "moving", "around", "into", "down", "more", "some", "better", "would", "little", "usual", "stop", "something"])];
    }

    [GeneratedRegex(@"[A-Za-z0-9]+")]
    private static partial Regex Words();
}
