using IptCloud.Portal.Shared;

namespace IptCloud.Portal;

public sealed class ShellLoaderTests
{
    [Theory]
    [InlineData("/", Area.MyDay)]
    [InlineData("/my-day", Area.MyDay)]
    [InlineData("/caseload", Area.Caseload)]
    [InlineData("/courses/0197/sessions/1", Area.Caseload)]
    [InlineData("/clients/0197", Area.Caseload)]
    [InlineData("/ops/mailbox", Area.Ops)]
    [InlineData("/caseloads", Area.None)]
    [InlineData("/sign-in", Area.None)]
    public void The_bar_marks_where_the_page_belongs(string path, Area area) => Assert.Equal(area, ShellLoader.AreaOf(path));
}
