namespace IptCloud.Domain.Tests.Inventory;

/// <summary>The people of the inventory.</summary>
public sealed class PersonTests
{
    private readonly CourseDriver c = new CourseDriver().Started();

    [Fact]
    public void A_person_is_added_changed_and_taken_out()
    {
        c.Do(new RecordPerson(CourseSteps.Partner, null));
        Assert.Empty(c.Do(new RecordPerson(CourseSteps.Partner, null)));
        var closer = CourseSteps.Partner with { RingNow = 1, Quality = RelationQuality.Supportive };
        c.Do(new RecordPerson(closer, CourseSteps.Partner));
        Assert.Equal(closer, Assert.Single(c.State.People));
        c.Do(new RemovePerson(closer.Id));
        Assert.Empty(c.State.People);
        Assert.Empty(c.Do(new RemovePerson(closer.Id)));
        Assert.Equal("person.unknown", c.Refused(new RecordPerson(closer with { RingNow = 2 }, closer)).Code);
    }

    [Fact]
    public void Spaces_around_a_name_are_no_change()
    {
        var spaced = CourseSteps.Partner with { Name = " P. ", Relation = "partner " };
        c.Do(new RecordPerson(spaced, null));
        Assert.Equal(CourseSteps.Partner, Assert.Single(c.State.People));
        Assert.Empty(c.Do(new RecordPerson(spaced, null)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Closeness_is_a_ring_from_1_to_4(int ring)
    {
        var refused = c.Try(new RecordPerson(CourseSteps.Partner with { RingNow = ring, RingWished = ring }, null)).Refusals;
        Assert.Equal(["ringNow", "ringWished"], refused.Select(r => r.Field));
    }

    [Fact]
    public void A_name_and_a_relation_are_needed() =>
        Assert.Equal(["name", "relation"], c.Try(new RecordPerson(CourseSteps.Partner with { Name = " ", Relation = "" }, null)).Refusals.Select(r => r.Field));

    [Fact]
    public void Forty_people_are_enough()
    {
        for (var i = 0; i < 40; i++) c.Do(new RecordPerson(CourseSteps.Partner with { Id = c.New<PersonId>() }, null));
        Assert.Equal("person.full", c.Refused(new RecordPerson(CourseSteps.Partner, null)).Code);
    }
}
