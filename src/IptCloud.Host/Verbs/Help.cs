namespace IptCloud.Host.Verbs;

internal static class Help
{
    public static int Print()
    {
        Console.WriteLine(Launch.Usage);
        return 0;
    }
}
