using IptCloud.Domain.Audit;
using IptCloud.Domain.Courses;

namespace IptCloud.Portal.Audit;

public sealed class AuditExportTests
{
    [Theory]
    [InlineData("=1+1", "\"'=1+1\"\r\n")]
    [InlineData("+44", "\"'+44\"\r\n")]
    [InlineData("-1", "\"'-1\"\r\n")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"\r\n")]
    [InlineData("\tx", "\"'\tx\"\r\n")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"\r\n")]
    [InlineData("two\nlines", "\"two\nlines\"\r\n")]
    [InlineData(null, "\"\"\r\n")]
    public void A_cell_is_text_whatever_it_begins_with(string? text, string line) => Assert.Equal(line, AuditExport.Line([text]));

    [Fact]
    public void Codes_differ_and_are_found_again()
    {
        Assert.Equal(AuditActions.All.Count, AuditActions.All.Select(a => a.Code).Distinct().Count());
        Assert.All(AuditActions.All, a => Assert.Same(a, AuditActions.Find(a.Code)));
        Assert.All(AuditActions.All, a => Assert.InRange(a.Words.Length, 5, 60));
        var fields = typeof(AuditActions).GetFields().Select(f => f.GetValue(null)).OfType<AuditAction>();
        Assert.Equal(fields.OrderBy(a => a.Code), AuditActions.All.OrderBy(a => a.Code));
    }

    [Fact]
    public void A_command_is_told_in_words() =>
        Assert.Equal("Changed the course: record attendance", AuditWords.Of(
            AuditEntry.New(AuditEntry.Platform, DateTimeOffset.UnixEpoch, AuditActor.System, AuditActions.Command, AuditOutcome.Done) with { Detail = AuditWords.CodeOf(typeof(RecordAttendance)) }));
}
