using IptCloud.Data.Networks;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Access;

/// <summary>A page on which people change how they sign in. It sends whoever signed in too long ago to do so again.</summary>
public abstract class AccountPageBase : ComponentBase
{
    private protected readonly FormErrors errors = new();

    [Inject] private IServiceProvider Services { get; set; } = default!;

    [Inject] private protected NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private protected HttpContext Http { get; set; } = default!;

    private protected SignInSession Session { get; private set; } = default!;

    private protected AccountChanges Changes { get; private set; } = default!;

    private protected StaffUser Person { get; private set; } = default!;

    /// <summary>Whether sign-in may be changed now: the person has just shown who they are, with the second factor if there is one.</summary>
    private protected bool MayChange { get; private set; }

    /// <summary>The page only shows; its forms demand a fresh sign-in all the same.</summary>
    private protected virtual bool OnlyShows => false;

    /// <inheritdoc />
    protected sealed override async Task OnInitializedAsync()
    {
        Session = (SignInSession)Services.GetService(typeof(SignInSession))!;
        Changes = (AccountChanges)Services.GetService(typeof(AccountChanges))!;
        Person = await Session.RequirePersonAsync();
        // A password known before the first factor was set up must not set up another one beside it.
        MayChange = await Session.IsFreshAsync() && (SignInClaims.HasFactor(Http.User) || !await Changes.HasFactorAsync(Person));
        if (!MayChange && !(OnlyShows && HttpMethods.IsGet(Http.Request.Method)))
        {
            AskAgain();
            return;
        }

        await LoadAsync();
    }

    /// <summary>Loads what the page shows.</summary>
    private protected virtual Task LoadAsync() => Task.CompletedTask;

    private protected void AskAgain() => Navigation.NavigateTo("/sign-in?again=true&return=" + Uri.EscapeDataString(Http.Request.Path));
}
