using System.Text;

namespace IptCloud.Domain.Tests.Protocols;

/// <summary>Protocols are data: sound ones are read, broken ones are refused with every fault named.</summary>
public sealed class ProtocolFileTests
{
    private static string Shipped(string name)
    {
        using var file = new StreamReader(typeof(Catalog).Assembly.GetManifestResourceStream($"protocols/{name}")!);
        return file.ReadToEnd();
    }

    private static string FaultsOf(string json) =>
        Assert.Throws<InvalidDataException>(() => Catalog.ReadProtocol(new MemoryStream(Encoding.UTF8.GetBytes(json)), "try")).Message;

    /// <summary>The shipped file with something replaced; the replacement must take place.</summary>
    private static string With(params (string What, string By)[] changes) => changes.Aggregate(Shipped("ipt-16.v1"), (json, change) =>
    {
        Assert.Contains(change.What, json, StringComparison.Ordinal);
        return json.Replace(change.What, change.By, StringComparison.Ordinal);
    });

    [Fact]
    public void Both_schools_ship_and_differ_only_in_their_boundaries()
    {
        Assert.Equal(["ipt-16", "ipt-16-uk"], Catalog.Current.Protocols.Select(p => p.Id));
        Assert.Equal(["1-3 4-14 15-16", "1-4 5-12 13-16"], Catalog.Current.Protocols.Select(p => string.Join(' ', p.Phases.Select(f => $"{f.From}-{f.To}"))));
        foreach (var p in Catalog.Current.Protocols)
        {
            Assert.Equal(["I1", "I2", "I5", "I7", "I8", "I9", "I10"], p.Phases[0].Required);
            Assert.Equal(["T1"], p.Phases[1].Required);
            Assert.Equal(["T2", "T3", "T4", "T5", "T6", "T7", "T8"], p.Phases[2].Required);
            Assert.Equal([false, true, false], p.Phases.Select(f => f.StrategyPerSession));
            Assert.Equal((16, 12, 16, 7), (p.Sessions.Planned, p.Sessions.Minimum, p.Sessions.Maximum, p.Sessions.EveryDays));
            Assert.InRange(p.Sessions.EndingNotice, 2, 4);
            Assert.InRange(p.Sessions.Minutes, 45, 50);
        }
    }

    [Fact]
    public void A_sound_file_is_read() => Assert.Equal("IPT, 16 sessions", Catalog.ReadProtocol(new MemoryStream(Encoding.UTF8.GetBytes(Shipped("ipt-16.v1"))), "try").Title);

    [Theory]
    [InlineData("\"from\": 1,", "\"from\": 2,", "the first phase starts at session 1")]
    [InlineData("\"from\": 4,", "\"from\": 5,", "Middle starts at 5, but Initial ends at 3")]
    [InlineData("\"to\": 16,", "\"to\": 17,", "the last phase ends at 17, but 16 sessions are planned")]
    [InlineData("\"to\": 14,", "\"to\": 3,", "Middle ends before it starts")]
    [InlineData("\"minimum\": 12", "\"minimum\": 17", "minimum ≤ planned ≤ maximum does not hold")]
    [InlineData("\"minimum\": 12", "\"minimum\": 5", "a contract of 5 sessions leaves no middle phase")]
    [InlineData("\"minutes\": 50", "\"minutes\": 5", "minutes must lie between 15 and 180")]
    [InlineData("\"everyDays\": 7", "\"everyDays\": 0", "everyDays must lie between 1 and 31")]
    [InlineData("\"endingNotice\": 4", "\"endingNotice\": 1", "endingNotice must lie between 2 and 4")]
    [InlineData("\"required\": [\"T1\"]", "\"required\": [\"T9\"]", "task T9 is named but not described")]
    [InlineData("\"code\": \"I2\"", "\"code\": \"I1\"", "task I1 is described twice")]
    [InlineData("\"instrument\": \"gad-7\"", "\"instrument\": \"wsas\"", "measure wsas version 1 does not exist")]
    [InlineData("\"version\": 1, \"everySessions\": 1", "\"version\": 1, \"everySessions\": 0", "measure phq-9: everySessions must be at least 1")]
    [InlineData("\"mood-diary\"", "\"juggling\"", "homework juggling does not exist")]
    [InlineData("\"id\": \"ipt-16\"", "\"id\": \"\"", "id is missing")]
    [InlineData("\"version\": 1,\n", "\"version\": 0,\n", "version starts at 1")]
    [InlineData("\"phase\": \"Initial\"", "\"phase\": \"Middle\"", "phases must be Initial, Middle, Ending, in this order")]
    public void A_broken_file_is_refused_with_the_fault_named(string what, string by, string fault) => Assert.Contains(fault, FaultsOf(With((what, by))), StringComparison.Ordinal);

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var message = FaultsOf(With(("\"phase\": \"Initial\"", "\"phase\": \"Ending\""), ("\"minutes\": 50", "\"minutes\": 500"), ("\"mood-diary\"", "\"juggling\""), ("\"instrument\": \"gad-7\"", "\"instrument\": \"wsas\"")));
        Assert.StartsWith("try: ", message, StringComparison.Ordinal);
        Assert.All(["phases must be", "minutes must lie", "homework juggling", "measure wsas"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"id\": \"x\" }")]
    public void A_file_that_is_no_protocol_is_refused(string json) => Assert.StartsWith("try: ", FaultsOf(json), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_or_missing_field_is_refused()
    {
        Assert.Contains("sesions", FaultsOf(With(("\"sessions\"", "\"sesions\""))), StringComparison.Ordinal);
        Assert.StartsWith("try: ", FaultsOf(With(("\"tasks\": [", "\"tasks\": null, \"x\": ["))), StringComparison.Ordinal);
    }
}
