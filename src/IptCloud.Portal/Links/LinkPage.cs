using IptCloud.Data.Networks;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Time;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Links;

/// <summary>What the pages behind a link share: the visit, the way on, and a command id per form.</summary>
public abstract class LinkPage : ComponentBase
{
    /// <summary>The secret part of the address.</summary>
    [Parameter] public string Token { get; set; } = "";

    /// <summary>The id of the posted form's command, made when the form was shown.</summary>
    [SupplyParameterFromForm(Name = "command")] public string? PostedCommand { get; set; }

    [CascadingParameter] private protected HttpContext Http { get; set; } = default!;

    [Inject] private protected LinkVisits Visits { get; set; } = default!;

    [Inject] private protected CourseCalls Calls { get; set; } = default!;

    [Inject] private protected NavigationManager Navigation { get; set; } = default!;

    [Inject] private protected TimeProvider System { get; set; } = default!;

    private protected LinkVisit Visit { get; private set; } = new(LinkState.Unknown, "");

    private protected FormErrors Errors { get; private set; } = new();

    private protected Clinic? Clinic => Visit.Clinic;

    private protected LinkPlan Plan => Visit.Plan!;

    /// <summary>True if the page has something to show; otherwise it leads on, or shows <see cref="LinkClosed"/>.</summary>
    private protected bool IsOpen { get; private set; }

    /// <summary>The id that the shown form will carry: a form that comes back keeps its own.</summary>
    private protected string Command { get; private set; } = "";

    /// <inheritdoc />
    protected sealed override async Task OnInitializedAsync()
    {
        Command = TypedId.TryParse<CommandId>(PostedCommand, out var posted) ? posted.ToString() : TypedId.New<CommandId>(System.GetUtcNow()).ToString();
        Visit = await Visits.OpenAsync(Token, Http);
        IsOpen = Allows(Visit);
        if (IsOpen) await OpenedAsync();
        else if (Visit.State == LinkState.Fresh) Go(Visit.Plan!.Start);
        // "Back" after the last page, or the message opened again: this browser sent everything, so it may be told so.
        else if (Visit.IsDoneHere) Go(Visit.Plan!.Done);
        else Http.Response.StatusCode = StatusCodes.Status410Gone;
    }

    /// <summary>Which visits the page is for.</summary>
    private protected virtual bool Allows(LinkVisit visit) => visit.State == LinkState.Mine;

    /// <summary>The page may be shown.</summary>
    private protected virtual Task OpenedAsync() => Task.CompletedTask;

    /// <summary>The address is right but there is nothing at it.</summary>
    private protected void Close()
    {
        IsOpen = false;
        Http.Response.StatusCode = StatusCodes.Status410Gone;
    }

    private protected void Go(string address) => Navigation.NavigateTo(address);

    /// <summary>Carries a command out for the client. The id follows from the form's and from what was chosen: the same press twice is one command, another choice is another.</summary>
    private protected async Task<bool> ExecuteAsync(string choice, CourseCommand command)
    {
        var id = TypedId.Derive<CommandId>(Guid.Parse(Command), choice);
        var result = await Calls.ExecuteForClientAsync(Visit.Course, id, command);
        foreach (var refusal in result.Refusals) Fail(refusal.Field, refusal.Text);
        return result.IsAccepted;
    }

    /// <summary>Something is wrong with the form. A new list each time: what was drawn before the form was handled sees that it changed.</summary>
    private protected void Fail(string field, string message)
    {
        var errors = new FormErrors();
        foreach (var error in Errors.All) errors.Add(error.Field, error.Message);
        errors.Add(field, message);
        Errors = errors;
    }

    /// <summary>Until when the link works, as the clinic's clock shows it.</summary>
    private protected string Until => Words.Of(LocalTime.ToLocal(Visit.Link!.ExpiresAt, Clinic?.Zone ?? "Etc/UTC"));
}
