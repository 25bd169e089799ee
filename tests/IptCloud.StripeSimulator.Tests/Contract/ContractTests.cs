using System.Diagnostics;
using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Api;
using IptCloud.Testing;

namespace IptCloud.StripeSimulator.Contract;

/// <summary>Whether the simulator is like Stripe, told by what Stripe itself has published.</summary>
public sealed class ContractTests
{
    private static readonly Lazy<Task<Recorder>> Recorded = new(RecordAsync);

    [Fact]
    public async Task Every_operation_is_called_in_the_recorded_run()
    {
        var calls = (await Recorded.Value).Calls.ToList();

        var uncalled = Operation.All.Where(operation => !calls.Any(call =>
            operation.Match((string)call["method"]!, ((string)call["path"]!)["/v1/".Length..].Split('/')) is not null));

        Assert.Empty(uncalled.Select(operation => $"{operation.Method} {operation.Path}"));
        Assert.All(calls, call => Assert.Equal(200, (int)call["status"]!));
    }

    [Fact]
    [Trait("Needs", "node")]
    public async Task Requests_and_answers_agree_with_what_Stripe_published()
    {
        var (code, output) = await CheckAsync((await Recorded.Value).Lines);

        Assert.True(code == 0, output);
    }

    /// <summary>A check that finds nothing wrong must be able to find something.</summary>
    [Theory]
    [Trait("Needs", "node")]
    [InlineData("requests", "mode=subscription", "mode=subscription&made_up=1", "made_up")]
    [InlineData("requests", "tax_behavior=exclusive", "tax_behavior=nonsense", "tax_behavior")]
    [InlineData("types", "\"billing_reason\"", "\"billing_cause\"", "billing_cause")]
    [InlineData("fixtures", "\"collection_method\":\"charge_automatically\",", "", "collection_method")]
    public async Task A_mistake_is_found(string oracle, string right, string wrong, string named)
    {
        var lines = (await Recorded.Value).Lines;
        Assert.Contains(lines, line => Changed(line, right, wrong) != line);

        var (code, output) = await CheckAsync([.. lines.Select(line => Changed(line, right, wrong))], oracle);

        Assert.NotEqual(0, code);
        Assert.Contains(named, output, StringComparison.Ordinal);
    }

    private static string Changed(string line, string right, string wrong)
    {
        var call = (JsonObject)JsonNode.Parse(line)!;
        call["body"] = ((string)call["body"]!).Replace(right, wrong, StringComparison.Ordinal);
        call["response"] = JsonNode.Parse(call["response"]!.ToJsonString().Replace(right, wrong, StringComparison.Ordinal));
        return call.ToJsonString();
    }

    private static async Task<Recorder> RecordAsync()
    {
        var recorder = new Recorder();
        await using var shop = await Shop.OpenAsync(recorder: recorder);
        await EveryOperation.RunAsync(shop);
        return recorder;
    }

    private static async Task<(int Code, string Output)> CheckAsync(IReadOnlyList<string> lines, string oracle = "all")
    {
        using var folder = new TempFolder();
        var record = folder.File("record.jsonl");
        await File.WriteAllLinesAsync(record, lines);
        var start = new ProcessStartInfo("node", [Repository.PathOf("tools/stripe-contract/check.mjs"), record, oracle])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = await Task.WhenAll(node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        return (node.ExitCode, string.Concat(output));
    }
}
