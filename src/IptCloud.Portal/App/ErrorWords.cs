namespace IptCloud.Portal;

/// <summary>What the portal says when a request comes to nothing.</summary>
/// <param name="Code">The status.</param>
/// <param name="Title">The heading.</param>
/// <param name="Text">What it means and what to do.</param>
/// <param name="Again">The page to open again, where it is known to be safe.</param>
public sealed record ErrorWords(int Code, string Title, string Text, string? Again = null)
{
    /// <summary>For staff, on the page that the request was for.</summary>
    public static ErrorWords Of(int code, string? path, string? query = null) => code == 419 && path == "/sign-in"
        ? new(code, "This sign-in page is out of date", "It was open for too long, or this browser's cookies changed meanwhile: they were cleared, or somebody signed in or out in another tab. Open the page again and sign in there.", path + query)
        : Of(code);

    /// <summary>For staff.</summary>
    public static ErrorWords Of(int code) => code switch
    {
        401 => new(code, "You were signed out", "Nothing was saved. Sign in again in another tab, then reload this page: the browser offers to send your form again."),
        403 => new(code, "You may not open this page", "Your role or your clinics do not include it. If they should, ask whoever sets up your network."),
        404 => new(code, "There is nothing here", "The address is wrong, or what it leads to is not yours to see."),
        405 or 400 => new(code, "This could not be read", "The page sent something that the portal does not understand. Go back, reload the page and try again."),
        409 => new(code, "This was changed meanwhile", "Nothing was saved. Open the page anew and enter it again."),
        413 => new(code, "This is too large", "What was sent is larger than the portal takes. Shorten it and try again."),
        419 => new(code, "This page is out of date", "Your sign-in changed after the page was opened, so nothing was saved. Open the page anew and enter it again."),
        429 => new(code, "Too many attempts", "Wait a few minutes, then try again."),
        504 => new(code, "There was no answer", "A part of the system did not answer in time. Nothing that was saved is lost. Go back and send it again: if it arrived after all, it is not done twice."),
        503 => new(code, "The portal is not available at the moment", "Try again in a minute. Whatever was saved before is safe."),
        _ => new(code, "Something went wrong", "The fault is ours, and it was noted. Whatever was saved before is safe. Go back and try again."),
    };

    /// <summary>For somebody who is signed in, but whose membership is suspended or gone.</summary>
    internal static ErrorWords NoMember { get; } = new(403, "Your access here has ended", "Your network has suspended your access, or you have left it. Nothing of your work is lost. Ask whoever sets up your network.");

    /// <summary>A form of one network, posted while working in another.</summary>
    /// <param name="made">The network that the page was made for; null if the reader is no member of it any more.</param>
    /// <param name="now">The network worked in now.</param>
    internal static ErrorWords OtherNetwork(string? made, string? now) =>
        new(409, "This page belongs to another network", $"It was opened in {made ?? "a network that you no longer belong to"}, and you work in {now ?? "another network"} now, so nothing was saved. Change the network, open the page anew and enter it again.");

    /// <summary>For clients: nothing that says who treats them, or for what.</summary>
    internal static ErrorWords ForClient(int code) => code switch
    {
        400 or 404 or 405 => new(code, "This link cannot be opened here", "Open the link in your latest message again, or call the number in it."),
        419 => new(code, "This page is out of date", "Open the link in your message again. What you answered on the pages before is saved."),
        429 => new(code, "Please wait a minute", "Too much was asked for at once. Wait a minute, then try again. What you answered on the pages before is saved."),
        503 or 504 => new(code, "Please try again in a minute", "This page cannot be shown at the moment. What you answered on the pages before is saved. If you need help at once, call 999, or the number in your message."),
        _ => new(code, "Something went wrong", "The fault is ours. Try again in a minute; what you answered on the pages before is saved. If you need help at once, call 999, or the number in your message."),
    };
}
