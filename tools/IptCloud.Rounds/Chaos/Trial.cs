namespace IptCloud.Rounds.Chaos;

/// <summary>One fault after the other while people work; each is made, healed, watched for a while, and looked into.</summary>
internal sealed class Trial(Practice practice, Tally tally, Letters letters, LedgerCheck check, TextWriter table, Action<string> say)
{
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(20);

    /// <summary>Ends early when something was lost, or done or sent twice: whoever looks for the cause wants to find it as it was.</summary>
    /// <param name="settleAsync">Waits until everything is as it was before.</param>
    public async Task<List<Row>> RunAsync(IEnumerable<Fault> faults, Func<Task> settleAsync)
    {
        List<Row> rows = [];
        await table.WriteLineAsync(Row.Head);
        foreach (var fault in faults)
        {
            say(fault.Name);
            var row = await TryAsync(fault);
            rows.Add(row);
            say($"{row}");
            await table.WriteLineAsync($"{row}");
            if (tally.TakeFailures() is { Length: > 0 } kinds) say($"  {kinds}");
            if (!row.IsClean) break;
            await settleAsync();
        }

        return rows;
    }

    private async Task<Row> TryAsync(Fault fault)
    {
        _ = tally.TakeFailures();
        var (before, begun) = (tally.Now, TimeProvider.System.GetUtcNow());
        var made = await fault.MakeAsync();
        var answered = await AllAnswerAsync(made.From);
        await made.Healed;
        await Task.Delay(Afterwards, TimeProvider.System);
        var after = tally.Now;
        // Who was booked in the last moments may still wait for the letter.
        return new(fault, answered, (after.Requests - before.Requests, after.Failed - before.Failed), await check.RunAsync(say), letters, letters.Waits(begun), made.Note?.Invoke() ?? "");
    }

    /// <summary>The time from a moment until every course has been read once since.</summary>
    private async Task<TimeSpan> AllAnswerAsync(long from)
    {
        await Task.WhenAll(practice.Therapists.Select(async therapist =>
        {
            while (!await therapist.ReadsAsync()) await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }));
        return TimeProvider.System.GetElapsedTime(from);
    }
}
