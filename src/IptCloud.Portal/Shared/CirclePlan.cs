namespace IptCloud.Portal.Shared;

internal sealed record Spot(CirclePerson Person, int Number, string Label, double X, double Y, double? WishX, double? WishY)
{
    /// <summary>The name stands on the side that the arrow does not leave by.</summary>
    internal bool NameAbove => WishY > Y;
}

internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    internal double Overlap(Box other) =>
        Math.Max(0, Math.Min(Right, other.Right) - Math.Max(Left, other.Left)) *
        Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top));

    internal static Box Around(double x, double y, double half) => new(x - half, y - half, x + half, y + half);
}

/// <summary>
/// Places people on the rings. A person's bearing follows from their place in the list, so it stays when they move to
/// another ring; where that would cover somebody, the nearest free bearing on the same ring is taken.
/// </summary>
internal sealed class CirclePlan(bool named, int count = 0)
{
    /// <summary>Up to so many people the drawing with names fits a side column.</summary>
    internal const int Few = 12;

    private const double GoldenAngle = 137.508;
    private readonly double[] edges = !named ? [17, 62, 95, 126, 155] : count <= Few ? [20, 80, 122, 162, 200] : [26, 104, 160, 212, 258];

    internal bool Named => named;
    internal double Width => !named ? 320 : count <= Few ? 440 : 600;
    internal double Height => !named ? 320 : count <= Few ? 412 : 530;
    internal double CentreX => Width / 2;
    internal double CentreY => Height / 2;
    internal double Marker => named ? 8 : 10.5;
    internal double Edge(int ring) => edges[ring];

    internal IReadOnlyList<Spot> Place(IReadOnlyList<CirclePerson> people)
    {
        var taken = new List<Box> { Box.Around(CentreX, CentreY, edges[0]) };
        if (named)
            taken.AddRange(Enumerable.Range(1, 4).Select(r => new Box(CentreX - 40, CentreY + edges[r] - 16, CentreX + 40, CentreY + edges[r] - 2)));
        return [.. people.Select((person, index) => (person, index))
            .OrderBy(p => p.person.RingNow).ThenBy(p => p.index)
            .Select(p => PlaceOne(p.person, p.index, taken))
            .ToList().OrderBy(s => s.Number)];
    }

    internal IEnumerable<Box> Boxes(Spot spot)
    {
        yield return Box.Around(spot.X, spot.Y, Marker + 2);
        if (named)
        {
            var half = spot.Label.Length * 3.9 + 3;
            var top = spot.NameAbove ? spot.Y - Marker - 18 : spot.Y + Marker + 1;
            yield return new(spot.X - half, top, spot.X + half, top + 17);
        }

        if (spot.WishX is { } x && spot.WishY is { } y) yield return Box.Around(x, y, Marker + 2);
    }

    // Small squares along the line to the wished ring, so that it runs between people.
    private static IEnumerable<Box> Arrow(Spot spot)
    {
        if (spot.WishX is not { } x || spot.WishY is not { } y) yield break;
        for (var part = 0.25; part < 0.8; part += 0.125)
            yield return Box.Around(spot.X + part * (x - spot.X), spot.Y + part * (y - spot.Y), 3);
    }

    private Spot PlaceOne(CirclePerson person, int index, List<Box> taken)
    {
        var label = person.Name.Length <= 14 ? person.Name : person.Name[..13] + "…";
        var best = (Cost: double.MaxValue, Spot: default(Spot)!);
        foreach (var (angle, shift, bother) in Bearings(index))
        {
            // From an unshifted one on, none bothers less.
            if (bother >= best.Cost && shift == 0) break;
            if (bother >= best.Cost) continue;
            var (x, y) = Polar(angle, Radius(person.RingNow, shift));
            var wish = person.RingWished is { } ring ? Polar(angle, Radius(ring, 0)) : default((double X, double Y)?);
            var spot = new Spot(person, index + 1, label, x, y, wish?.X, wish?.Y);
            var cost = bother + Crowding(spot, taken, best.Cost - bother);
            if (cost < best.Cost) best = (cost, spot);
        }

        taken.AddRange(Boxes(best.Spot).Concat(Arrow(best.Spot)));
        return best.Spot;
    }

    // What a spot covers, or any number from the limit on: then another is better.
    private double Crowding(Spot spot, List<Box> taken, double limit)
    {
        var cost = 0.0;
        foreach (var box in Boxes(spot).Concat(Arrow(spot)))
        {
            cost += 50 * Outside(box);
            foreach (var other in taken) cost += box.Overlap(other);
            if (cost >= limit) break;
        }

        return cost;
    }

    private static IEnumerable<(double Angle, double Shift, double Bother)> Bearings(int index)
    {
        for (var step = 0; step <= 45; step++)
        foreach (var side in step is 0 or 45 ? new[] { 1 } : [1, -1])
        foreach (var shift in new[] { 0, 0.22, -0.22 })
            yield return ((index * GoldenAngle - 60 + side * step * 4) * Math.PI / 180, shift, step * 0.4 + Math.Abs(shift) * 2);
    }

    private double Radius(int ring, double shift)
    {
        var (inner, outer) = (edges[ring - 1], edges[ring]);
        // A name hangs below its mark, so the mark stands a little outside the middle of a narrow first ring.
        return (inner + outer) / 2 + (ring == 1 ? 4 : 0) + shift * (outer - inner);
    }

    private (double X, double Y) Polar(double angle, double radius) =>
        (Math.Round(CentreX + radius * Math.Cos(angle), 1), Math.Round(CentreY + radius * Math.Sin(angle), 1));

    private double Outside(Box box) =>
        Math.Max(0, 2 - box.Left) + Math.Max(0, 2 - box.Top) + Math.Max(0, box.Right - Width + 2) + Math.Max(0, box.Bottom - Height + 2);
}
