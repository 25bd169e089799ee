using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using IptCloud.Data.Access;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Time;
using IptCloud.Portal.Courses;
using IptCloud.Rounds.Bench;
using IptCloud.Rounds.Load;
using Microsoft.Extensions.Primitives;

namespace IptCloud.Rounds.Chaos;

/// <param name="held">The session that is held, from that instant on.</param>
/// <summary>A therapist at work in a browser: types and signs the note of a session that is being held, records attendance, changes the focus, agrees homework, and now and then refers a new client.</summary>
internal sealed class Therapist(int number, Booking held, string run, Visitor browser, Ledger ledger)
{
    private const int NewClientEvery = 24;
    private static readonly string[] Areas = ["Grief", "RoleDispute", "RoleTransition", "InterpersonalDeficits"];
    private readonly CourseId course = held.Course;
    private readonly SessionId session = held.Session;
    private int revision;
    private bool attended, signed;

    private string Root => $"/courses/{course}";

    private string Here => $"{Root}/sessions/{session}";

    public async Task WorkAsync(TimeSpan pause, CancellationToken ct)
    {
        for (var n = number; !ct.IsCancellationRequested; n++)
        {
            await Task.Delay(pause * (0.5 + (number * 7919 + n * 104_729) % 1000 / 1000.0), TimeProvider.System, ct);
            await DoAsync(n, n - number, ct);
        }
    }

    /// <summary>Reads the course once.</summary>
    public async Task<bool> ReadsAsync() => await browser.GetAsync(Root) is { Status: 200 };

    public async Task SignInAsync(CancellationToken ct)
    {
        while (true)
        {
            var token = Visitor.TokenOf(await Visitor.UntilAnsweredAsync(() => browser.GetAsync("/sign-in"), ct));
            var next = await browser.PostAsync("/sign-in", ("__RequestVerificationToken", token), ("_handler", "sign-in"), ("Form.Email", $"t{number}@example.org"), ("Form.Password", PageBench.Password));
            if (next.To.StartsWith("/sign-in/code", StringComparison.Ordinal))
            {
                token = Visitor.TokenOf(await Visitor.UntilAnsweredAsync(() => browser.GetAsync("/sign-in/code"), ct));
                var code = Totp.Code(PageBench.AppKey, Totp.StepOf(TimeProvider.System.GetUtcNow()));
                if ((await browser.PostAsync("/sign-in/code", ("__RequestVerificationToken", token), ("_handler", "code"), ("Form.Code", code))).IsDone) return;
            }

            // A code is accepted once: the next one comes within half a minute.
            await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, ct);
        }
    }

    private Task DoAsync(int n, int visit, CancellationToken ct)
    {
        var words = $"{run}/{number}/{visit}";
        if (!attended && TimeProvider.System.GetUtcNow() > held.At) return AttendAsync(words, ct);
        if (attended && !signed && visit >= 10 + number % 60) return SignAsync(words, ct);
        if (n % NewClientEvery == NewClientEvery - 1) return ReferAsync(words, visit, ct);
        return (n % (ledger.HasContacts ? 4 : 3)) switch
        {
            3 => ContactAsync(words, ct),
            0 => signed ? SendAsync(Here, words, ct, ("which", "amend"), ("amend.base", "0"), ("amend.reason", "Remembered later"), ("amend.text", words)) : DraftAsync(words, ct),
            1 => SendAsync($"{Root}/plan/focus", words, ct, ("which", "focus"), ("focus.area", Areas[visit % Areas.Length]), ("focus.reason", words)),
            _ => SendAsync($"{Root}/homework/new", words, ct, [("which", "homework"), ("homework.title", words), ("homework.steps", "Three lines a day"), .. DateFields("homework.dueOn", TimeProvider.System.GetUtcNow().AddDays(6))]),
        };
    }

    private Task ContactAsync(string words, CancellationToken ct)
    {
        var now = LocalTime.ToLocal(TimeProvider.System.GetUtcNow(), Practice.Zone);
        return SendAsync($"{Root}/contacts/new", words, ct, [("which", "contact"), ("contact.with", "Client"), ("contact.way", "Telephone"), .. DateFields("contact.date", now), ("contact.time", now.ToString("HH:mm", CultureInfo.InvariantCulture)), ("contact.text", words)]);
    }

    private async Task AttendAsync(string words, CancellationToken ct) =>
        attended = await SendAsync(Here, words, ct, ("which", "attendance"), ("attendance.code", "Attended"), ("attendance.reason", words), ("attendance.seen", ""));

    private async Task SignAsync(string words, CancellationToken ct) =>
        signed = await SendAsync(Here, words, ct, ("which", "note"), ("note.text", words), ("note.version", Text(revision)), ("note.base", Text(revision)));

    private async Task DraftAsync(string words, CancellationToken ct)
    {
        var token = Visitor.TokenOf(await Visitor.UntilAnsweredAsync(() => browser.GetAsync(Here), ct));
        var answer = await Visitor.UntilAnsweredAsync(() => browser.PostAsync($"/api/notes/{course}/{session}/draft", ("__RequestVerificationToken", token), ("body", words), ("version", Text(revision)), ("base", Text(revision))), ct);
        revision = JsonDocument.Parse(answer.Body).RootElement.GetProperty("version").GetInt32();
        ledger.Add(new DraftSaved(course, session, revision, words));
    }

    private async Task ReferAsync(string words, int visit, CancellationToken ct)
    {
        var (command, address) = (Guid.NewGuid(), $"n-{words.Replace('/', '-')}@example.org");
        var token = Visitor.TokenOf(await Visitor.UntilAnsweredAsync(() => browser.GetAsync("/courses/new"), ct));
        (string, string)[] fields =
        [
            ("Form.Client", "new"), ("Form.Therapist", $"{Site.Clinic}:{Site.Therapist(number)}"), ("Form.Protocol", "ipt-16:1"), ("Form.Reason", words), ("Form.Start", "true"),
            ("Form.Record.GivenName", "Nia"), ("Form.Record.FamilyName", $"Newcomer {words}"), ("Form.Record.Zone", "Europe/London"), ("Form.Record.Language", "en-GB"), ("Form.Record.Email", address), ("Form.Record.EmailConsent", "true"),
        ];
        var answer = await Visitor.UntilAnsweredAsync(() => browser.PostAsync("/courses/new", [("__RequestVerificationToken", token), ("_handler", "referral"), ("Form.Command", command.ToString("N")), .. fields]), ct);
        if (!answer.IsDone) return;
        // "/courses/ID/sessions/book"
        if (!TypedId.TryParse<CourseId>(answer.To.Split('/') is [_, "courses", var id, ..] ? id : "", out var referred)) throw new InvalidOperationException($"A referral led to {answer.To}.");
        ledger.Add(referred, IdsOf(command, fields), words);
        var (booking, at) = (Guid.NewGuid(), BookingTimes.Of(visit));
        (string, string)[] book = [("which", "book"), .. DateFields("book.date", at), ("book.time", at.ToString("HH:mm", CultureInfo.InvariantCulture)), ("book.count", "1"), ("book.minutes", "15")];
        if (await SubmitAsync($"/courses/{referred}/sessions/book", "", booking, referred, book, ct))
            ledger.Booked[address] = new(TimeProvider.System.GetUtcNow(), referred, [.. IdsOf(booking, book).Select(id => TypedId.Derive<SessionId>(id.Value, "session/0"))]);
    }

    private Task<bool> SendAsync(string path, string words, CancellationToken ct, params (string, string)[] fields) => SubmitAsync(path, words, Guid.NewGuid(), course, fields, ct);

    /// <summary>Opens the form, sends it until it is answered, always under the same id, and follows to the next page.</summary>
    private async Task<bool> SubmitAsync(string path, string words, Guid command, CourseId about, (string, string)[] fields, CancellationToken ct)
    {
        var token = Visitor.TokenOf(await Visitor.UntilAnsweredAsync(() => browser.GetAsync(path), ct));
        var answer = await Visitor.UntilAnsweredAsync(() => browser.PostAsync(path, [("__RequestVerificationToken", token), ("_handler", "course"), ("command", command.ToString()), .. fields]), ct);
        if (!answer.IsDone) return false;
        ledger.Add(about, IdsOf(command, fields), words);
        await browser.GetAsync(answer.To);
        return true;
    }

    /// <summary>The ids under which a portal may carry it out.</summary>
    private static ImmutableArray<CommandId> IdsOf(Guid form, IEnumerable<(string Field, string Value)> fields) => [new(form), Posted.Bind(new(form), fields.Select(f => KeyValuePair.Create(f.Field, new StringValues(f.Value))))];

    private static (string, string)[] DateFields(string name, DateTimeOffset day) =>
        [(name + ".Day", Text(day.Day)), (name + ".Month", Text(day.Month)), (name + ".Year", Text(day.Year))];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
