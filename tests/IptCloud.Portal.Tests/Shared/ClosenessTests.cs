using IptCloud.Domain.Inventory;

namespace IptCloud.Portal.Shared;

public sealed class ClosenessTests : BunitContext
{
    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(25)]
    public void Marks_never_cover_each_other(int count)
    {
        foreach (var named in new[] { true, false })
        {
            var plan = new CirclePlan(named, count);
            var spots = plan.Place(People(count));

            foreach (var (a, b) in spots.SelectMany(a => spots.Where(b => b.Number > a.Number).Select(b => (a, b))))
                Assert.True(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2) > Math.Pow(1.6 * plan.Marker, 2), $"{a.Number} covers {b.Number}, named: {named}");
        }
    }

    [Fact]
    public void People_stand_within_their_ring()
    {
        var plan = new CirclePlan(true, 25);

        foreach (var spot in plan.Place(People(25)))
        {
            var distance = Math.Sqrt(Math.Pow(spot.X - plan.CentreX, 2) + Math.Pow(spot.Y - plan.CentreY, 2));
            Assert.InRange(distance, plan.Edge(spot.Person.Ring - 1), plan.Edge(spot.Person.Ring));
        }
    }

    [Fact]
    public void Placing_twice_gives_the_same_picture() =>
        Assert.Equal(new CirclePlan(true, 25).Place(People(25)), new CirclePlan(true, 25).Place(People(25)));

    [Fact]
    public void Moving_to_another_ring_keeps_the_bearing()
    {
        CirclePerson[] before = [new("Jo", 1, BondKind.Supportive)], after = [new("Jo", 4, BondKind.Supportive)];
        var plan = new CirclePlan(false);

        double Bearing(CirclePerson[] people) => plan.Place(people)[0] is var s ? Math.Atan2(s.Y - plan.CentreY, s.X - plan.CentreX) : 0;

        Assert.Equal(Bearing(before), Bearing(after), 0.02);
    }

    [Fact]
    public void Wish_is_drawn_only_where_it_differs()
    {
        CirclePerson[] people = [new("Dad", 3, BondKind.Strained, WishedRing: 1), new("Mum", 1, BondKind.Supportive, WishedRing: 1)];

        var circle = Render<ClosenessCircle>(p => p.Add(c => c.People, people));

        Assert.Single(circle.FindAll(".circle-wide .wish"));
    }

    [Fact]
    public void Each_quality_has_a_shape_and_a_word_of_its_own()
    {
        var kinds = Enum.GetValues<RelationQuality>().Select(Inventory.Circles.Kind).ToList();
        var circle = Render<ClosenessCircle>(p => p.Add(c => c.People, [.. kinds.Select((kind, i) => new CirclePerson($"P{i}", 2, kind))]));

        Assert.Equal(Enum.GetValues<RelationQuality>().Select(Courses.Labels.Of), circle.FindAll(".key li").Select(li => li.TextContent));
        Assert.Equal(kinds.Count, circle.FindAll(".circle-wide .bond").Select(b => b.OuterHtml).Distinct().Count());
    }

    [Fact]
    public void List_says_everything_in_words()
    {
        var list = Render<ClosenessList>(p => p.Add(c => c.People, [new("Dad", 3, BondKind.Conflict, "Father", WishedRing: 1)]));

        Assert.Equal("Less close. In conflict. Wished: closest.", list.Find("p").TextContent);
    }

    private static CirclePerson[] People(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new CirclePerson($"Person {i}", 1 + i % 4, (BondKind)(i % 3), null, i % 7 == 0 ? 1 + (i + 1) % 4 : null))];
}
