using IptCloud.Domain.Courses;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace IptCloud.Grains.Tests.Courses;

/// <summary>Snapshots are a cache: a storage that is out of order, or gives up waiting, changes nothing of what a course answers.</summary>
public sealed class SnapshotOutageTests
{
    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_course_goes_on_without_its_snapshots(Type failure)
    {
        OutOfOrder storage = new(failure);
        await using var site = await ClinicSite.OnSqliteAsync(s => s.AddKeyedSingleton<IGrainStorage>("snapshots", storage));
        var key = await site.StartCourseAsync();
        await site.Get<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await site.MustAsync(key, new HoldCourse("Moves house"));
        Assert.InRange(storage.Asked, 2, int.MaxValue); // by each activation
    }

    private sealed class OutOfOrder(Type failure) : IGrainStorage
    {
        public int Asked { get; private set; }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            Asked++;
            return Task.FromException((Exception)Activator.CreateInstance(failure)!);
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
    }
}
