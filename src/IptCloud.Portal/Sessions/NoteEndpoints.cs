using System.Text;
using IptCloud.Data.Networks;
using IptCloud.Data.Sessions;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Time;
using IptCloud.Portal.Access;
using IptCloud.Portal.Courses;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Portal.Sessions;

/// <summary>Where notes save themselves while they are typed. Every answer is one that the script can act on, never a redirect.</summary>
public static class NoteEndpoints
{
    /// <summary>The most a note may take, in bytes.</summary>
    public const int MostBytes = 64 * 1024;

    // A byte takes at most three when it is sent as a form.
    private const int MostPosted = 3 * MostBytes + 4096;

    /// <summary>Maps the drafts' address.</summary>
    public static IEndpointRouteBuilder MapSessionNotes(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapPost("/api/notes/{course}/{session}/draft", SaveAsync).AllowAnonymous().DisableAntiforgery();
        return app;
    }

    private static async Task<IResult> SaveAsync(
        string course, string session, HttpContext http, IAntiforgery antiforgery, SignedIn signedIn, CourseCalls calls, NoteDrafts drafts, NetworkDirectory directory, ClinicTime time)
    {
        if (await signedIn.FindAsync() is not { } me) return Answer(StatusCodes.Status401Unauthorized, "You are signed out.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostPosted;
        if (await ReadAsync(http) is not { } form) return Answer(StatusCodes.Status413PayloadTooLarge, "The note is too long.");
        if (!await antiforgery.IsRequestValidAsync(http)) return Answer(StatusCodes.Status419AuthenticationTimeout, "The page is out of date.");
        if (!TypedId.TryParse<CourseId>(course, out var c) || !TypedId.TryParse<SessionId>(session, out var s) || await calls.ViewAsync(c) is not { } view || view.State.Session(s) is not { } held)
            return Answer(StatusCodes.Status404NotFound, CourseRefusals.NotFound.Text);
        if (!view.MayAct) return Answer(StatusCodes.Status403Forbidden, CourseRefusals.NotAllowed.Text);

        var text = Texts.Plain(form["body"].ToString().ReplaceLineEndings("\n"));
        if (text.Length > Texts.Note || Encoding.UTF8.GetByteCount(text) > MostBytes) return Answer(StatusCodes.Status413PayloadTooLarge, "The note is too long.");
        if (Number(form["version"]) is not { } seen) return Answer(StatusCodes.Status400BadRequest, "The version is missing.");
        NoteTyped typed = new(text, NoteForm.Ticked([.. form["ticked"].OfType<string>()]), seen, Number(form["base"]) ?? seen);
        if (held.Note is { } signed)
        {
            // Too late for the note, but not lost: it stands on the session's page from now on.
            var kept = string.IsNullOrWhiteSpace(text) || text == signed.Text ? seen : (await drafts.KeepAsync(me.Network, c, s, me.Member, typed, time.Now)).Revision;
            return Results.Json(
                new { signed = true, version = kept, body = signed.Text, savedAt = Clock(signed.SignedAt, view.State.ClinicZone), by = await NameAsync(directory, me.Network, signed.SignedBy), href = $"/courses/{c}/sessions/{s}" },
                statusCode: StatusCodes.Status409Conflict);
        }

        var (saved, newest) = await drafts.SaveAsync(me.Network, c, s, me.Member, typed, time.Now);
        var at = Clock(newest.SavedAt, view.State.ClinicZone);
        return saved
            ? Results.Json(new { version = newest.Revision, savedAt = at })
            : Results.Json(new { version = newest.Revision, body = newest.Text, ticked = newest.Ticked, savedAt = at, by = await NameAsync(directory, me.Network, newest.Author) }, statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return FormCollection.Empty;
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } or InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<string> NameAsync(NetworkDirectory directory, NetworkId network, MemberId member) =>
        (await directory.ColleaguesAsync(network)).FirstOrDefault(m => m.Id == member)?.Name ?? "a colleague";

    // As every time on a page: the clinic's, whatever zone the browser is set to.
    private static string Clock(DateTimeOffset at, string zone) => LocalTime.ToLocal(at, zone).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static int? Number(string? text) => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult Answer(int status, string message) => Results.Json(new { message }, statusCode: status);
}
