using Microsoft.AspNetCore.Components;

namespace IptCloud.Portal.Shared;

public sealed class FieldTests : BunitContext
{
    [Fact]
    public void Error_and_hint_are_tied_to_the_control_and_the_typed_text_stays()
    {
        var field = Render<TextField>(p => p.Add(f => f.Name, "Model.Phone").Add(f => f.Label, "Phone").Add(f => f.Hint, "With area code")
            .Add(f => f.Error, "Write a number").Add(f => f.Value, "o7700"));

        var input = field.Find("input");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("Model-Phone-hint Model-Phone-error", input.GetAttribute("aria-describedby"));
        Assert.Equal("Error: Write a number", field.Find("#Model-Phone-error").TextContent);
        Assert.Equal("o7700", input.GetAttribute("value"));
        Assert.Equal(input.Id, field.Find("label").GetAttribute("for"));
    }

    [Fact]
    public void Nothing_points_at_an_error_that_is_not_there()
    {
        var input = Render<TextField>(p => p.Add(f => f.Name, "Phone").Add(f => f.Label, "Phone")).Find("input");

        Assert.False(input.HasAttribute("aria-invalid"));
        Assert.False(input.HasAttribute("aria-describedby"));
    }

    [Fact]
    public void Cascaded_errors_reach_their_fields_and_the_summary_leads_to_the_control()
    {
        var errors = new FormErrors();
        errors.Add("Day", "Write a real date");
        errors.Add("Took", "Choose one");

        var page = Render<CascadingValue<FormErrors>>(p => p.Add(c => c.Value, errors).AddChildContent<ErrorSummary>()
            .AddChildContent<DateField>(f => f.Add(d => d.Name, "Day").Add(d => d.Label, "Day").Add(d => d.Value, new DateText("31", "2", "26")))
            .AddChildContent<RadioGroup>(f => f.Add(r => r.Name, "Took").Add(r => r.Label, "Took place?").Add(r => r.Options, [new("y", "Yes"), new("n", "No")])));

        Assert.Equal("There is a problem", page.Find("h2").TextContent);
        foreach (var link in page.FindAll(".error-summary a"))
            Assert.Equal("INPUT", page.Find(link.GetAttribute("href")!).TagName);
        Assert.Equal(["31", "2", "26"], page.FindAll(".date-parts input").Select(i => i.GetAttribute("value")));
        Assert.Equal("Took-error", page.FindAll("fieldset")[1].GetAttribute("aria-describedby"));
    }

    [Fact]
    public void Crisis_choices_are_marked_and_the_help_is_in_the_page()
    {
        var help = new CrisisHelp("Call 999.", [new("Samaritans", "116 123", "any time")]);

        var page = Render<CrisisBlock>(p => p.Add(c => c.Help, help).AddChildContent<RadioGroup>(r => r.Add(g => g.Name, "q").Add(g => g.Label, "How often?")
            .Add(g => g.Options, [new("0", "Never"), new("1", "Often", Crisis: true)])));

        Assert.Equal("1", page.Find("[data-crisis]").GetAttribute("value"));
        Assert.Equal("tel:116123", page.Find(".crisis a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("31", "11", "2026", false)]
    [InlineData("1", "12", "2026", true)]
    [InlineData("", "12", "2026", false)]
    public void Only_real_dates_are_read(string day, string month, string year, bool real) =>
        Assert.Equal(real, new DateText(day, month, year).TryGet(out _));

    [Theory]
    [InlineData("14:30", 14, 30)]
    [InlineData("9.05", 9, 5)]
    [InlineData("2 pm", 14, 0)]
    [InlineData("0930", 9, 30)]
    public void Times_are_read_as_people_write_them(string text, int hour, int minute)
    {
        Assert.True(TimeText.TryParse(text, out var time));
        Assert.Equal(new TimeOnly(hour, minute), time);
    }
}
