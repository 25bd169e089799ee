using IptCloud.Data.Billing;
using IptCloud.Data.Courses;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Networks;
using IptCloud.Portal.Access;
using IptCloud.Portal.Networks;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal;

/// <summary>Makes what the layout shows around a page: whose network, who is signed in, which alerts are open.</summary>
internal sealed class ShellLoader(IHttpContextAccessor http, SignedIn signedIn, Oversight oversight, Subscriptions subscriptions)
{
    public async Task<Shell> LoadAsync()
    {
        if (await signedIn.FindAsync() is not { } m) return new("");
        var alerts = await oversight.OpenAlertsAsync(m.Network, m.Actor);
        var path = http.HttpContext?.Request.Path ?? default;
        return new(m.NetworkName, m.Name, (m.Roles & Roles.Ops) != 0, AreaOf(path))
        {
            CanKeepDiary = (m.Roles & PortalPolicies.Demands[PortalPolicies.KeepDiary]) != 0,
            CanSetUp = NetworkAreas.Of(m.Actor).Any(),
            HasCaseload = AccessTable.Somewhere(Act.ReferClient, m.Actor) || AccessTable.Somewhere(Act.ReadCourse, m.Actor),
            Notice = path.StartsWithSegments("/network/plan") ? null : Notice(await subscriptions.EntitlementAsync(m.Network), AccessTable.Somewhere(Act.SeePlan, m.Actor)), // that page says it itself
            ProfileUrl = "/account",
            Lock = http.HttpContext?.User is { } person && SignInClaims.SessionOf(person) is { } session ? new(m.Member.ToString(), m.Network.ToString(), session.ToString()) : null,
            SwitchUrl = http.HttpContext?.User.HasClaim(c => c.Type == SignInClaims.Many) == true ? "/sign-in/network" : null,
            More = alerts == 0 ? [] : [new(alerts == 1 ? "1 open alert" : $"{alerts} open alerts", "/#alerts")],
        };
    }

    private static ShellNotice? Notice(Entitlement entitlement, bool seesPlan) => entitlement switch
    {
        Entitlement.Grace when seesPlan => new(Tone.Watch, "A payment for the network is late. Everything goes on as usual.", "/network/plan"),
        Entitlement.Restricted or Entitlement.BillingOnly => new(Tone.Alert, "The network’s plan is not paid: no new courses or invitations. Running courses go on." + (seesPlan ? "" : " An owner can settle it."), seesPlan ? "/network/plan" : null),
        _ => null,
    };

    internal static Area AreaOf(PathString path) =>
        path == "/" || path.StartsWithSegments("/my-day") ? Area.MyDay
        : path.StartsWithSegments("/caseload") || path.StartsWithSegments("/courses") || path.StartsWithSegments("/clients") ? Area.Caseload
        : path.StartsWithSegments("/diary") ? Area.Diary
        : path.StartsWithSegments("/network") ? Area.Network
        : path.StartsWithSegments("/ops") ? Area.Ops
        : Area.None;
}
