namespace IptCloud.Portal.Access;

public sealed class ReturnToTests
{
    [Theory]
    [InlineData("/caseload?ended=true", "/caseload?ended=true")]
    [InlineData("/courses/1#note", "/courses/1#note")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("https://elsewhere.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\tx", "/")]
    [InlineData("/sign-in", "/")]
    [InlineData("/sign-out", "/")]
    public void Signing_in_leads_to_a_page_of_this_portal_only(string? asked, string page) => Assert.Equal(page, ReturnTo.Page(asked));
}
