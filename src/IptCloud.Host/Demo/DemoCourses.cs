using System.Collections.Concurrent;
using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Host.Demo.Play;

namespace IptCloud.Host.Demo;

/// <summary>Gives the demo's commands to the courses, as pages and links do.</summary>
internal sealed partial class DemoCourses(IGrainFactory grains, ILogger<DemoCourses> log)
{
    private const int MostTries = 4;

    /// <summary>Codes of refusals: the script should know better, except where somebody else was quicker.</summary>
    public ConcurrentDictionary<string, int> Refusals { get; } = new();

    /// <summary>The course as it stands; null if the client has not been referred yet.</summary>
    public async Task<CourseState?> ViewAsync(DemoCase story) => (await GrainOf(story).ViewAsync(DemoNetwork.Supervisor.Actor))?.State;

    public Task<bool> ReferAsync(DemoCase story) => DoAsync(story, story.Therapist.Actor, new("refer",
        new ReferCourse(story.Client, story.Therapist.Id, story.Clinic.Id, story.ProtocolId, 1, story.Dice.Pick(Texts.Phrases.Referrals, "referral"))));

    /// <summary>Carries one step out. Repeating it, also after a restart, has no second effect.</summary>
    /// <returns>False if it was refused.</returns>
    public async Task<bool> DoAsync(DemoCase story, Actor actor, Step step)
    {
        var request = new CourseRequest(story.Derive<CommandId>($"do/{step.Key}"), actor, step.Command);
        var result = await RetryAsync(() => GrainOf(story).ExecuteAsync(request));
        foreach (var refusal in result.Refusals)
        {
            Refusals.AddOrUpdate(refusal.Code, 1, (_, n) => n + 1);
            LogRefused(story.Index, step.Command.GetType().Name, refusal.Code);
        }

        return result.IsAccepted;
    }

    /// <summary>What the worker does when something of the course is due; for a history, in which no worker runs.</summary>
    public Task<int> WakeAsync(DemoCase story, string occasion) => RetryAsync(() => GrainOf(story).WakeAsync(story.Derive<CommandId>($"wake/{occasion}")));

    private ICourseGrain GrainOf(DemoCase story)
    {
        RequestNetwork.Set(story.Key.Network);
        return grains.GetGrain<ICourseGrain>(story.Key.ToString());
    }

    /// <summary>A failed call may have been carried out; its id makes trying again safe.</summary>
    private static async Task<T> RetryAsync<T>(Func<Task<T>> call)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (tries < MostTries && e is not OperationCanceledException)
            {
                await Task.Yield();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Demo course {Index}: {Command} was refused ({Code}).")]
    private partial void LogRefused(int index, string command, string code);
}
