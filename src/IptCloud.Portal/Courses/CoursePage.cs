using IptCloud.Contracts.Courses;
using IptCloud.Data.Clients;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Time;
using IptCloud.Portal.Access;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Courses;

/// <summary>What every page of a course shares: the course as the member may see it, the posted form, one way to send a command.</summary>
/// <remarks>
/// Each page has one named form, in its frame; the forms that people fill in post to it and say which they are. So a post finds its
/// handler even when the form it came from is no longer on the page, because someone else was quicker, and no typed text is lost.
/// </remarks>
public abstract class CoursePage : ComponentBase
{
    /// <summary>The name of the one form that the framework knows.</summary>
    public const string Handler = "course";

    /// <summary>The course's id, from the address.</summary>
    [Parameter] public string Id { get; set; } = "";

    /// <summary>The request.</summary>
    [CascadingParameter] public HttpContext Http { get; set; } = default!;

    [Inject] private CourseCalls Calls { get; set; } = default!;
    [Inject] private SignedIn SignedIn { get; set; } = default!;
    [Inject] private Databases Databases { get; set; } = default!;
    [Inject] private ClientRecords Clients { get; set; } = default!;
    [Inject] private NetworkDirectory Directory { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private ClinicTime Time { get; set; } = default!;
    [Inject] private TimeProvider SystemClock { get; set; } = default!;

    /// <summary>What was posted; empty on a GET.</summary>
    public Posted Form { get; private set; } = new(null);

    /// <summary>What is wrong with it.</summary>
    public FormErrors Errors { get; } = new();

    /// <summary>The course; null if there is none that this member may read, or no such part of it.</summary>
    public CourseContext? Context { get; protected set; }

    /// <summary>The refusal that came with what stands there now, if one did.</summary>
    protected Refusal? Stale { get; private set; }

    /// <summary>The course as it stands, if <see cref="AsOf"/> asks for a day before it began; null otherwise.</summary>
    public CourseContext? NotYet { get; private set; }

    /// <summary>The course's state.</summary>
    protected CourseState State => Context!.State;

    /// <summary>The address of the course's page.</summary>
    protected string Root => Context!.Root;

    /// <summary>The day as of which the page shows the course; null for today.</summary>
    protected virtual DateOnly? AsOf => null;

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // Everything is read before the first rendering: a page is never shown half, nor taken for one that does not exist.
        parameters.SetParameterProperties(this);
        Form = Posted.Of(Http);
        await ReadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Loads what the page needs beside the course; sets <see cref="Context"/> to null if the page's part does not exist.</summary>
    /// <param name="db">The rows of the member's network, opened once for the whole page: opening them costs as much as a small query.</param>
    protected virtual Task LoadAsync(IptCloudDb db) => Task.CompletedTask;

    /// <summary>Acts on a posted form.</summary>
    protected virtual Task PostedAsync(string form) => Task.CompletedTask;

    /// <summary>The field that a refusal belongs to.</summary>
    protected virtual string FieldOf(string form, string field) => field.Length == 0 ? "" : $"{form}.{field}";

    /// <summary>Called by the frame for every POST.</summary>
    public async Task PostAsync()
    {
        if (Context is null) return;
        await PostedAsync(Form.Which);
        StateHasChanged();
    }

    /// <summary>The form's own id: once made, it stays with the form.</summary>
    public CommandId FormIdOf(string form) => Form.Which == form && Form.FormId is { } posted ? posted : TypedId.New<CommandId>(SystemClock.GetUtcNow());

    /// <summary>The id of the posted command.</summary>
    protected CommandId Command => Form.Command ?? TypedId.New<CommandId>(SystemClock.GetUtcNow());

    /// <summary>Adds a message to a field of the posted form.</summary>
    protected void Wrong(string field, string message) => Errors.Add(FieldOf(Form.Which, field), message);

    /// <summary>Sends the command; goes to <paramref name="to"/> if it was carried out, else shows why not on this page.</summary>
    protected async Task SendAsync(CourseCommand command, string to)
    {
        if (await TryAsync(Command, command)) Navigation.NavigateTo(to);
    }

    /// <summary>Goes to another page.</summary>
    protected void Go(string to) => Navigation.NavigateTo(to);

    /// <summary>Sends a command; on a refusal its reasons stand at their fields, and the course is read again.</summary>
    protected async Task<bool> TryAsync(CommandId id, CourseCommand command)
    {
        if (Errors.Any) return false;
        var result = await Calls.ExecuteAsync(Context!.View.Key.Course, id, command);
        if (result.IsAccepted) return true;
        foreach (var refusal in result.Refusals) Errors.Add(FieldOf(Form.Which, refusal.Field), refusal.Text);
        Stale = result.Refusals.FirstOrDefault(r => r.Current is not null);
        await ReadAsync();
        return false;
    }

    /// <summary>Reads the course and what the page shows beside it, again after a command.</summary>
    /// <remarks>What was read before stands until the course is: the page may be drawn meanwhile, and would not be found.</remarks>
    protected async Task ReadAsync()
    {
        var me = await SignedIn.RequireAsync();
        await using var db = await Databases.ReadAsync(me.Network);
        (Context, NotYet) = await FindAsync(db, me);
        if (Context is not null) await LoadAsync(db);
    }

    private async Task<(CourseContext? Shown, CourseContext? NotYet)> FindAsync(IptCloudDb db, Membership me)
    {
        if (!TypedId.TryParse<CourseId>(Id, out var course) || await Calls.ViewAsync(course) is not { } view) return default;
        var shown = AsOf is { } asked ? await Calls.ViewAsOfAsync(course, EndOf(asked, view)) : view;
        var client = await Clients.FindAsync(db, me.Network, view.State.Client);
        var members = await Directory.NamesAsync(db, me.Network);
        // A course of another day is shown with that day's clock, else its future sessions would look like missed ones.
        var now = Time.Now;
        if (AsOf is { } day && EndOf(day, view) is var end && end < now) now = end;
        CourseContext context = new(shown ?? view, client?.Record.FullName ?? "Client", now, me, members, AsOf) { Speed = Time.Speed };
        return shown is null ? (null, context) : (context, null);
    }

    private static DateTimeOffset EndOf(DateOnly day, CourseView view) => LocalTime.ToInstant(day.AddDays(1).ToDateTime(TimeOnly.MinValue), view.State.ClinicZone);
}
