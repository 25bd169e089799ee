using IptCloud.Data.Networks;

namespace IptCloud.Portal.Desk;

/// <summary>The zone in which a member's day is told: that of the first clinic they work in.</summary>
internal static class ClinicZone
{
    public const string Unknown = "Etc/UTC";

    public static async Task<string> OfAsync(NetworkDirectory directory, Membership member) =>
        (await directory.ClinicsAsync(member.Network)).FirstOrDefault(c => member.Clinics.Contains(c.Id))?.Zone ?? Unknown;
}
