namespace IptCloud.Portal.Ops;

public sealed class LinkTextTests
{
    [Fact]
    public void Links_are_found_and_the_text_stays_whole()
    {
        const string text = "A note is ready (https://portal.example/l/Ab-9_x).\nStop: http://localhost:5080/u/1?x=2, thank you.";
        var parts = LinkText.Split(text).ToList();

        Assert.Equal(text, string.Concat(parts.Select(p => p.Text)));
        Assert.Equal(["https://portal.example/l/Ab-9_x", "http://localhost:5080/u/1?x=2"], parts.Where(p => p.IsLink).Select(p => p.Text));
    }

    [Fact]
    public void Other_schemes_stay_text() => Assert.DoesNotContain(LinkText.Split("javascript:alert(1) mailto:a@example.org"), p => p.IsLink);
}
