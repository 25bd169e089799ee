using IptCloud.Domain.Billing;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Stripe.Billing;

/// <summary>Attacks 13 and 14: many at once on the last seats. The long version is <c>tools/IptCloud.Rounds seats</c>.</summary>
public abstract class SeatRaces : IAsyncLifetime
{
    private Till till = null!;

    protected abstract Task<Till> OpenAsync();

    public async ValueTask InitializeAsync() => till = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await till.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Attack_13_many_invitations_at_once_on_the_last_three_seats()
    {
        for (var i = 0; i < 7; i++) await till.JoinAsync();
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList();
        var outcomes = await Task.WhenAll(ids.Select(id => Task.Run(() => till.InviteAsync(id))));
        Assert.Equal(3, outcomes.Count(o => o is null));
        Assert.All(outcomes.OfType<Domain.Refusal>(), o => Assert.Equal("billing.no-seat", o.Code));

        // All of them accepted at once, twice each: still three, and never more used than granted.
        var accepted = await Task.WhenAll(ids.Concat(ids).Select(id => Task.Run(() => till.AcceptAsync(id))));
        Assert.Equal(3, accepted.Count(a => a is null));
        Assert.Equal(new Seats(0, 10, 10, 0), await till.SeatsAsync());
        Assert.True(await till.ReadAsync(db => db.Seats.AllAsync(s => s.Used == 10 && s.Granted == 10)));
    }

    [Fact]
    public async Task Attack_14_a_seat_freed_and_taken_while_the_ceiling_is_cut()
    {
        List<Domain.Identifiers.MemberId> members = [];
        for (var i = 0; i < 6; i++) members.Add(await till.JoinAsync());
        var seen = await till.SeatsAsync();
        Guid id = Guid.NewGuid();
        await Task.WhenAll(
            Task.Run(() => till.RemoveAsync(members[0])),
            Task.Run(() => till.InviteAsync(id)),
            Task.Run(() => till.Get<Data.Billing.SeatBook>().SetAsync(till.Network, till.Owner, Guid.NewGuid(), seen, 0, 6)));
        await till.AcceptAsync(id);
        var seats = await till.SeatsAsync();
        Assert.True(seats.Used + seats.Held <= seats.Ceiling, seats.ToString());
        Assert.True(await till.ReadAsync(db => db.Seats.AllAsync(s => s.Used == seats.Used && s.Used <= s.Granted && s.Granted <= s.Ceiling)));
    }

    [Fact]
    public async Task The_database_itself_refuses_more_used_than_granted()
    {
        await till.JoinAsync();
        await using var db = await till.Get<Data.Storage.Databases>().WriteAsync(till.Network, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Seats.ExecuteUpdateAsync(u => u.SetProperty(s => s.Used, s => s.Granted + 1)));
    }
}

public sealed class SqliteSeatRaces : SeatRaces
{
    protected override Task<Till> OpenAsync() => Till.OnSqliteAsync();
}

[Trait("Needs", "postgres")]
public sealed class PostgresSeatRaces : SeatRaces
{
    protected override Task<Till> OpenAsync() => Till.OnPostgresAsync();
}
