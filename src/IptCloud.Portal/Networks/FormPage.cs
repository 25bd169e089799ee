using IptCloud.Data.Networks;
using IptCloud.Domain;
using IptCloud.Portal.Access;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Networks;

/// <summary>What the pages of a network share: who is there, the posted form, and errors at their fields. As with a course, one named form takes every post.</summary>
public abstract class FormPage : ComponentBase
{
    /// <summary>The name of the one form that the framework knows.</summary>
    public const string Handler = "network";

    /// <summary>The field that says whom or what a form of a list is about.</summary>
    public const string SubjectField = "subject";

    /// <summary>The request.</summary>
    [CascadingParameter] public HttpContext Http { get; set; } = default!;

    [Inject] private SignedIn SignedIn { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider SystemClock { get; set; } = default!;

    /// <summary>What was posted; empty on a GET.</summary>
    public Posted Form { get; private set; } = new(null);

    /// <summary>What is wrong with it.</summary>
    public FormErrors Errors { get; } = new();

    /// <summary>False if there is nothing here for this reader.</summary>
    public bool Found { get; private set; } = true;

    /// <summary>Who reads; null on a page that demands nobody.</summary>
    public Membership? Reader { get; private set; }

    /// <summary>Who reads, on a page that demands a member.</summary>
    protected Membership Me => Reader!;

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        Form = Posted.Of(Http);
        Reader = await SignedIn.FindAsync();
        Found = await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Loads what the page shows.</summary>
    /// <returns>False if there is nothing here for this reader.</returns>
    protected virtual Task<bool> LoadAsync() => Task.FromResult(true);

    /// <summary>Acts on a posted form.</summary>
    protected virtual Task PostedAsync(string form) => Task.CompletedTask;

    /// <summary>Called by the frame for every POST.</summary>
    public async Task PostAsync()
    {
        if (!Found) return;
        await PostedAsync(Form.Which);
        StateHasChanged();
    }

    /// <summary>The form's own id: once made, it stays with the form.</summary>
    public Guid FormIdOf(string form) => Form.Which == form && Form.FormId is { } posted ? posted.Value : Guid.CreateVersion7(SystemClock.GetUtcNow());

    /// <summary>The id of what the posted form makes: a second click makes nothing twice, and a correction is not taken for done.</summary>
    protected Guid NewId => Form.Command?.Value ?? Guid.CreateVersion7(SystemClock.GetUtcNow());

    /// <summary>Goes to another page.</summary>
    protected void Go(string to) => Navigation.NavigateTo(to);

    /// <summary>Goes on if nothing was refused; otherwise shows why at the field.</summary>
    protected async Task SettleAsync(Refusal? refusal, string to)
    {
        if (refusal is null) Go(to);
        else
        {
            Wrong(refusal);
            Found = await LoadAsync();
        }
    }

    /// <summary>Shows a refusal at its field of the posted form.</summary>
    protected void Wrong(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        Errors.Add(refusal.Field.Length == 0 ? "" : $"{Form.Which}.{refusal.Field}", refusal.Text);
    }

    /// <summary>Shows a message at a field of the posted form.</summary>
    protected void Wrong(string field, string message) => Errors.Add($"{Form.Which}.{field}", message);
}
