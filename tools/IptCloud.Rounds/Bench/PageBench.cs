namespace IptCloud.Rounds.Bench;

internal static class PageBench
{
    public static Task<int> RunAsync(Arguments arguments) => Task.FromResult(arguments.Number("courses", 0));
}
