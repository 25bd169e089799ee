namespace IptCloud.Portal;

/// <summary>What the portal says when a request comes to nothing.</summary>
internal sealed record ErrorWords(string Title, string Text)
{
    public static ErrorWords Of(int code) => code switch
    {
        401 => new("You were signed out", "Nothing was saved. Sign in again in another tab, then reload this page: the browser offers to send your form again."),
        403 => new("You may not open this page", "Your role or your clinics do not include it. If they should, ask whoever sets up your network."),
        404 => new("There is nothing here", "The address is wrong, or what it leads to is not yours to see."),
        405 or 400 => new("This could not be read", "The page sent something that the portal does not understand. Go back, reload the page and try again."),
        413 => new("This is too large", "What was sent is larger than the portal takes. Shorten it and try again."),
        419 => new("This page is out of date", "Your sign-in changed after the page was opened, so nothing was saved. Open the page anew and enter it again."),
        429 => new("Too many attempts", "Wait a few minutes, then try again."),
        503 => new("The portal is not available at the moment", "Try again in a minute. Whatever was saved before is safe."),
        _ => new("Something went wrong", "The fault is ours, and it was noted. Whatever was saved before is safe. Go back and try again."),
    };
}
