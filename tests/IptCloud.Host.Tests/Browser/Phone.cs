using System.Text.RegularExpressions;
using IptCloud.Contracts.Messages;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>A client's phone: 390 pixels wide, no account, nothing but the link of a message.</summary>
public sealed partial class Phone(IPage page) : IAsyncDisposable
{
    public IPage Page => page;

    public static async Task<Phone> TakeAsync(PortalSite site)
    {
        var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Url, ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true });
        context.SetDefaultTimeout(15_000);
        return new(await context.NewPageAsync());
    }

    /// <summary>The link in a letter's text.</summary>
    public static string LinkOf(MailboxLetter letter) => LinkPattern().Match(letter.Text) is { Success: true } link ? link.Value : throw new InvalidOperationException($"No link in: {letter.Text}");

    /// <summary>Opens the link and begins.</summary>
    public async Task BeginAsync(MailboxLetter letter)
    {
        await page.GotoAsync(LinkOf(letter));
        await PressAsync("Start");
        await Assertions.Expect(page).Not.ToHaveURLAsync(LinkOf(letter)); // the page sends it once the server has answered
    }

    /// <summary>Answers a question with the option of that index and goes on.</summary>
    public async Task AnswerAsync(int number, int option)
    {
        await Assertions.Expect(page).ToHaveTitleAsync(TitleOf(number));
        await page.GetByRole(AriaRole.Radio).Nth(option).CheckAsync();
        await PressAsync("Continue");
    }

    /// <summary>Answers question after question, up to the look at the answers.</summary>
    public async Task AnswerAllAsync(params IReadOnlyList<int> options)
    {
        foreach (var (index, option) in options.Index()) await AnswerAsync(index + 1, option);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Check your answers");
    }

    /// <summary>The title of a question's page.</summary>
    public static Regex TitleOf(int question) => new($"^Question {question} of ");

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task SeesAsync(string text) => Assertions.Expect(page.GetByText(text).First).ToBeVisibleAsync();

    public Task ShootAsync(string name) => Shots.TakeAsync(page, name);

    public async ValueTask DisposeAsync() => await page.Context.CloseAsync();

    [GeneratedRegex(@"http://\S+/l/\S+")]
    private static partial Regex LinkPattern();
}
