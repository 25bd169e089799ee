using IptCloud.Data.Courses;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Portal.Desk;

public sealed class InboxTests : BunitContext
{
    private static readonly DateTimeOffset now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly CourseId course = TypedId.New<CourseId>(now);
    private static readonly Guid subject = TypedId.New<SessionId>(now).Value;

    [Theory]
    [InlineData(InboxKind.Alert, "/alerts/{0}")]
    [InlineData(InboxKind.Attendance, "/sessions/{0}")]
    [InlineData(InboxKind.Note, "/sessions/{0}")]
    [InlineData(InboxKind.Gate, "/plan")]
    [InlineData(InboxKind.FollowUp, "/follow-ups/{0}")]
    [InlineData(InboxKind.Rebook, "/follow-ups/{0}")]
    [InlineData(InboxKind.Result, "/measures/{0}")]
    [InlineData(InboxKind.Unanswered, "")]
    public void Every_entry_leads_to_the_page_where_it_is_done(InboxKind kind, string page) =>
        Assert.Equal($"/courses/{course}{string.Format(null, page, subject.ToString("N"))}", InboxWords.Href(new() { CourseId = course, Kind = kind, Subject = subject }));

    [Fact]
    public void Every_kind_has_words_of_its_own()
    {
        var kinds = Enum.GetValues<InboxKind>();
        Assert.Equal(kinds.Length, kinds.Select(InboxWords.Heading).Distinct().Count());
        Assert.Equal(kinds.Length, kinds.Select(InboxWords.Status).Distinct().Count());
    }

    [Fact]
    public void Entries_are_grouped_and_say_how_long_or_which_session()
    {
        var card = Card([Item(InboxKind.Note), Item(InboxKind.Result, due: now.AddHours(-1), about: Guid.NewGuid())], new Dictionary<Guid, DateTime> { [subject] = new(2026, 11, 16, 9, 0, 0) });

        Assert.Equal(["Notes to finish", "Results to read"], card.FindAll("h3").Select(h => h.TextContent));
        Assert.Equal(["Amara Okafor Mon 16 Nov, 09:00", "Amara Okafor for 2 days Overdue"], card.FindAll("li").Select(l => string.Join(' ', l.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public void A_long_group_opens_on_demand_and_a_cut_list_says_so()
    {
        var card = Card([.. Enumerable.Range(0, 9).Select(_ => Item(InboxKind.Result))], [], total: 12);

        Assert.Equal(3, card.FindAll("details li").Count);
        Assert.Contains("9 most urgent of 12", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_says_that_nothing_waits() =>
        Assert.Equal("Nothing waits for you", Card([], []).Find(".empty-title").TextContent);

    private static DayItem Item(InboxKind kind, DateTimeOffset? due = null, Guid? about = null) =>
        new(new() { CourseId = course, Kind = kind, Subject = about ?? subject, Since = now.AddDays(-2), DueBy = due }, "Amara Okafor");

    private IRenderedComponent<InboxCard> Card(IReadOnlyList<DayItem> items, Dictionary<Guid, DateTime> starts, int total = 0) =>
        Render<InboxCard>(p => p.Add(c => c.Title, "Waiting for you").Add(c => c.Items, items).Add(c => c.Total, total).Add(c => c.Now, now).Add(c => c.Starts, starts).Add(c => c.Empty, "Nothing waits for you"));
}
