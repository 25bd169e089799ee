using IptCloud.Contracts.Networks;
using IptCloud.Domain.Courses;
using Orleans.Runtime.Messaging;

namespace IptCloud.Contracts.Courses;

/// <summary>
/// The way by which pages and jobs call a course. A silo may leave, or an activation be dropped, under any call: it is then
/// made again. A command carries its id, so that what was carried out and not answered is not done twice.
/// </summary>
public static class CourseCalling
{
    // The courses of a silo that was killed answer again once the others have agreed that it is gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);
    private const int MostTimeouts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Calls a course, for its own network. Once more whatever the time, and again while the cluster may still be finding out who is gone; by the machine's clock, as nothing here depends on the clinic's.</summary>
    /// <param name="call">May run more than once.</param>
    public static async Task<T> CallCourseAsync<T>(this IGrainFactory grains, CourseKey key, Func<ICourseGrain, Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(call);
        RequestNetwork.Set(key.Network);
        var grain = grains.GetGrain<ICourseGrain>(key.ToString());
        var begun = TimeProvider.System.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call(grain);
            }
            catch (Exception e) when (IsUnanswered(e) && (tries == 1 || TimeProvider.System.GetElapsedTime(begun) < Patience) && (e is not TimeoutException || tries < MostTimeouts))
            {
                // Calls that are turned away at once would be made thousands of times until the others know who is gone.
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    /// <summary>True for what says that nobody answered. Whether a command was carried out is not known; sent again with its id, it is carried out once.</summary>
    public static bool IsUnanswered(Exception failure) => failure is SiloUnavailableException or ConnectionFailedException or OrleansMessageRejectionException or TimeoutException or CourseConflictException;
}
