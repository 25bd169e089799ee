using IptCloud.Testing;

namespace IptCloud.Portal;

public sealed class ErrorWordsTests
{
    [Fact]
    public void A_sign_in_page_that_is_out_of_date_names_its_own_causes_and_the_way_back()
    {
        var words = ErrorWords.Of(419, "/sign-in", "?return=%2Fcaseload");

        Assert.DoesNotContain("Your sign-in changed", words.Text, StringComparison.Ordinal);
        Assert.Contains("open for too long", words.Text, StringComparison.Ordinal);
        Assert.Equal("/sign-in?return=%2Fcaseload", words.Again);
    }

    [Theory]
    [InlineData(419, "/courses/new")]
    [InlineData(404, "/sign-in")]
    public void Everywhere_else_the_words_are_the_usual_ones(int code, string path) => Assert.Equal(ErrorWords.Of(code), ErrorWords.Of(code, path));

    [Fact]
    public void What_was_not_answered_may_be_sent_again()
    {
        Assert.Contains("Nothing that was saved is lost", ErrorWords.Of(504).Text, StringComparison.Ordinal);
        Assert.Contains("not done twice", ErrorWords.Of(504).Text, StringComparison.Ordinal);
    }

    /// <summary>Where no portal answers, nginx does: people must not read "502 Bad Gateway".</summary>
    [Fact]
    public void Before_the_portals_the_proxy_has_the_same_words()
    {
        var nginx = File.ReadAllText(Repository.PathOf("infra/bare-metal/nginx.conf"));

        Assert.All([ErrorWords.Of(504), ErrorWords.ForClient(504)], words =>
        {
            Assert.Contains($"\"{words.Title}\"", nginx, StringComparison.Ordinal);
            Assert.Contains($"\"{words.Text}\"", nginx, StringComparison.Ordinal);
        });
        Assert.Contains("error_page 502 504 @away;", nginx, StringComparison.Ordinal);
    }
}
