using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using IptCloud.Host.Demo.Play;

namespace IptCloud.Host.Demo;

/// <summary>The script is a pure function: told twice, a story is the same story. Played here against the domain alone.</summary>
public sealed class ScriptTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_story_told_twice_is_the_same_story()
    {
        foreach (var index in new[] { 0, 12, 29, 31, 45 }) Assert.Equal(Tell(DemoCases.Of(index, End)), Tell(DemoCases.Of(index, End)));
    }

    [Fact]
    public void Scores_follow_the_published_distribution()
    {
        var cases = DemoCases.Seeded(End);
        double Mean(string instrument, Func<DemoCase, int> number) => cases.Average(c => c.Trajectory.Total(instrument, number(c)));

        Assert.InRange(Mean("phq-9", _ => 1), 14.6, 16.2);
        Assert.InRange(Mean("gad-7", _ => 1), 13.0, 15.0);
        Assert.InRange(Mean("phq-9", c => c.Fate.Contract), 8.2, 10.6);
        Assert.InRange(Mean("gad-7", c => c.Fate.Contract), 7.2, 9.6);
    }

    [Theory, InlineData("phq-9"), InlineData("gad-7")]
    public void Answers_add_up_to_the_total_aimed_at(string id)
    {
        var instrument = Catalog.Current.Instrument(id, 1)!;
        foreach (var story in DemoCases.Seeded(End))
        {
            var answers = story.Trajectory.Answers(instrument, 2, atRisk: false);
            Assert.All(answers, a => Assert.Contains(instrument.OptionsOf(a.Key), o => o.Value == a.Value));
            var expected = Math.Max(story.Trajectory.Total(id, 2), instrument.SafetyItem is { } s ? answers[s]!.Value : 0);
            Assert.Equal(Math.Min(expected, (id == "phq-9" ? 24 : 21) + (instrument.SafetyItem is { } i ? answers[i]!.Value : 0)), instrument.Items.Sum(q => answers[q.Number]!.Value));
        }
    }

    [Fact]
    public void Every_case_has_its_own_client_and_hour()
    {
        var cases = DemoCases.Seeded(End);
        Assert.Equal(60, cases.Length);
        Assert.Equal(60, cases.Select(c => c.Client).Distinct().Count());
        Assert.Equal(60, cases.Select(c => c.Record.FullName).Distinct().Count());
        Assert.Equal(60, cases.Select(c => (c.Therapist, c.Day, c.At)).Distinct().Count());
        Assert.All(cases, c => Assert.EndsWith(".example", c.Record.Email));
    }

    /// <summary>Plays a case against the pure domain and writes down what happened.</summary>
    private static ImmutableArray<string> Tell(DemoCase story)
    {
        var (state, now) = (CourseState.Empty, story.ReferAt);
        HashSet<string> tried = [];
        var told = ImmutableArray.CreateBuilder<string>();
        void Do(string key, Actor actor, CourseCommand command)
        {
            tried.Add(key);
            var id = story.Derive<Domain.Identifiers.CommandId>(key);
            var clinic = new ClinicFacts(story.Clinic.Id, story.Clinic.Zone, DemoNetwork.DutyLead(story.Clinic).Id, [.. DemoNetwork.Members.Select(m => m.Id)]);
            var decision = Course.Decide(state, command, new(now, id, actor, new(story.Client, story.Clinic.Zone, true), clinic, NetworkPolicy.Default));
            foreach (var refusal in decision.Refusals.IsDefault ? [] : decision.Refusals) Assert.Fail($"{story.Index} {now:u} {key}: {refusal.Text}");
            foreach (var e in decision.Events) state = state.Apply(e, new(now, now, actor.Reference, actor.Member, null, id));
            told.Add($"{now:u} {key}");
        }

        Do("refer", story.Therapist.Actor, new ReferCourse(story.Client, story.Therapist.Id, story.Clinic.Id, story.ProtocolId, 1, "Referred."));
        while (true)
        {
            var act = Script.Next(new(story, state, now, tried, End), playsStaff: true).FirstOrDefault();
            var due = DueWork.Of(state).Where(d => !tried.Contains($"{d}")).OrderBy(d => d.DueAt).Select(d => (DueItem?)d).FirstOrDefault();
            if ((act?.At ?? End.AddDays(1)) > End && (due?.DueAt ?? End.AddDays(1)) > End) return told.ToImmutable();
            if (due is { } item && (act is null || item.DueAt <= act.At))
            {
                now = item.DueAt > now ? item.DueAt : now;
                Do($"{item}", Actor.System, new WakeCourse([]));
                continue;
            }

            now = act!.At > now ? act.At : now;
            foreach (var step in act.Steps) Do(step.Key, act.Actor, step.Command);
        }
    }
}
