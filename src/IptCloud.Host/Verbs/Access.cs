using IptCloud.Domain.Networks;

namespace IptCloud.Host.Verbs;

/// <summary>Prints who may do what: the table that decisions and pages use.</summary>
internal static class Access
{
    public static int Print()
    {
        Console.Write(AccessText.Markdown());
        return 0;
    }
}
