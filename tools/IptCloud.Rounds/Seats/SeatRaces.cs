using IptCloud.Testing;

namespace IptCloud.Rounds.Seats;

/// <summary>Many invitations at once on the last seats of a network, round after round. Exit code 1 if one seat too many was sold.</summary>
internal static class SeatRaces
{
    private const int Left = 3;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (rounds, together) = (arguments.Number("rounds", 200), arguments.Number("together", 50));
        using TempFolder folder = new();
        await using var database = arguments.Has("postgres") ? await PostgresDatabase.CreateAsync() : null;
        await using (var first = SeatSite.Open(folder.Path, database?.ConnectionString, null, Guid.NewGuid())) await first.PrepareAsync();
        var (oversold, undersold) = (0, 0);
        for (var round = 1; round <= rounds; round++)
        {
            await using var site = SeatSite.Open(folder.Path, database?.ConnectionString, null, Guid.NewGuid());
            await site.FoundAsync();
            for (var i = 0; i < Domain.Billing.Seats.First.Ceiling - Left; i++) await site.InviteAsync(Guid.NewGuid());
            List<Guid> ids = [.. Enumerable.Range(0, together).Select(_ => Guid.NewGuid())];
            var invited = await Task.WhenAll(ids.Select(id => Task.Run(() => site.InviteAsync(id))));
            await Task.WhenAll(ids.Select(id => Task.Run(() => site.AcceptAsync(id))));
            var seats = await site.SeatsAsync();
            var sold = invited.Count(i => i is null);
            if (sold > Left || seats.Used > Left || seats.Used + seats.Held > seats.Ceiling) oversold++;
            if (sold < Left || seats.Used < Left) undersold++;
            if (round % 20 == 0 || oversold > 0) Console.WriteLine($"round {round}: {together} invitations on the last {Left} seats; rounds oversold so far {oversold}, seats left unsold in {undersold}");
        }

        Console.WriteLine(oversold == 0 ? "clean" : "NOT CLEAN");
        return oversold == 0 ? 0 : 1;
    }
}
