using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Courses;

/// <summary>What a page says after a redirect. The address carries a word of this list and nothing else.</summary>
public static class Done
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["started"] = "Treatment has begun",
        ["held"] = "The course is on hold",
        ["resumed"] = "The course goes on",
        ["transferred"] = "The course was handed over",
        ["ended"] = "The course has ended",
        ["contract"] = "Contract agreed",
        ["focus"] = "Focus chosen",
        ["formulation"] = "Formulation recorded",
        ["task"] = "Task ticked",
        ["waived"] = "Task waived",
        ["phase"] = "Phase entered",
        ["booked"] = "Sessions booked",
        ["moved"] = "New time booked",
        ["arrived"] = "Arrival noted",
        ["attendance"] = "Attendance recorded",
        ["draft"] = "Draft saved",
        ["signed"] = "Note signed",
        ["amended"] = "Amendment added",
        ["followed-up"] = "Follow-up closed",
        ["person"] = "Inventory saved",
        ["removed"] = "Person taken out of the inventory",
        ["contact"] = "Contact recorded",
        ["homework"] = "Homework agreed",
        ["withdrawn"] = "Homework taken back",
        ["measure"] = "Answers recorded",
        ["read"] = "Marked as read",
        ["acknowledged"] = "Alert acknowledged",
        ["alert-closed"] = "Alert closed",
        ["invited"] = "Invitation sent",
        ["resent"] = "Invitation sent again; the earlier link opens nothing now",
        ["revoked"] = "Invitation revoked",
        ["person-changed"] = "Roles and clinics saved",
        ["suspended"] = "Suspended, and signed out everywhere",
        ["lifted"] = "Suspension lifted",
        ["left"] = "Removed from the network",
        ["deputy"] = "Deputy named",
        ["deputy-ended"] = "Deputising ended",
        ["caseload"] = "The caseload was handed over",
        ["clinic"] = "Clinic saved",
        ["protocol"] = "Protocol chosen",
        ["set-up"] = "Your network is set up, and the trial has started",
        ["signed-out"] = "Signed out there: whoever uses it is out within a minute",
        ["seats"] = "Seats saved",
        ["plan-cancelled"] = "The subscription will end with the period",
        ["plan-resumed"] = "The subscription goes on",
        ["tax"] = "Tax number saved",
        ["replayed"] = "The event is tried again",
        ["joined"] = "You have joined the network",
    }.ToFrozenDictionary();

    /// <summary>The words for the address's <c>done</c>; null if it has none, or an unknown one.</summary>
    public static string? Of(HttpContext http) => Known.GetValueOrDefault(http.Request.Query["done"].ToString());
}
