using IptCloud.Host.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>Brings the schema up to date.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(Launch launch)
    {
        await using var services = Tools.Services(launch);
        await Schema.MigrateAsync(services);
        Console.WriteLine("The schema is up to date.");
        return 0;
    }
}
