using IptCloud.Contracts.Time;
using IptCloud.Data.Messages;
using IptCloud.Data.Networks;
using IptCloud.Portal.Courses;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Links;

/// <summary>Opens, binds and spends links for client pages.</summary>
internal sealed class LinkVisits(TaskLinks links, NetworkDirectory directory, CourseCalls calls, [FromKeyedServices(ClinicClock.Key)] TimeProvider clinic)
{
    /// <summary>How the request's browser stands to a link. Changes nothing.</summary>
    public async Task<LinkVisit> OpenAsync(string token, HttpContext http)
    {
        if (await links.FindAsync(token, http.RequestAborted) is not { } link) return new(LinkState.Unknown, token);
        var office = (await directory.ClinicsAsync(link.Course.Network, http.RequestAborted)).FirstOrDefault(c => c.Id == link.Clinic);
        var browser = LinkBrowser.Of(http, link.Hash);
        var isMine = link.BoundTo is not null && link.BoundTo == browser;
        var now = clinic.GetUtcNow();
        var visit = new LinkVisit(LinkState.Closed, token, link, office, null, browser);
        if (link.BoundTo is not null && !isMine) return visit with { State = LinkState.Elsewhere };
        if (link.SpentAt is not null && !isMine) return visit with { State = LinkState.Used };
        if (link.ExpiresAt <= now && link.SpentAt is null) return visit;
        var form = await calls.TaskFormAsync(link.Course, link.Message);
        if (form is null || (!form.CourseOpen && !form.IsDone)) return visit;
        if (form.IsDone || link.SpentAt is not null) return new(LinkState.Used, token, link, office, isMine ? form : null, browser);
        return new(isMine ? LinkState.Mine : LinkState.Fresh, token, link, office, form, browser);
    }

    /// <summary>Makes the link this browser's, unless another one was quicker.</summary>
    public async Task<bool> BindAsync(LinkVisit visit) =>
        visit is { Link: { } link, Browser: { } browser } && await links.BindAsync(link, browser, clinic.GetUtcNow());

    /// <summary>After a step: where to go on. When nothing is left the link is spent.</summary>
    public async Task<string> GoOnAsync(LinkVisit visit)
    {
        if (await calls.TaskFormAsync(visit.Course, visit.Link!.Message) is not { } form) return visit.Plan!.Start;
        if (form.IsDone) await links.SpendAsync(visit.Link, clinic.GetUtcNow());
        return form.IsDone ? visit.Plan!.Done : new LinkPlan(visit.Token, form).Next;
    }
}
