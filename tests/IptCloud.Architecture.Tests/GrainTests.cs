using System.Reflection;
using Orleans.Concurrency;

namespace IptCloud.Architecture;

/// <summary>
/// Grains keep to what the network filter understands: keyed by a text that begins with a network, called with a request's
/// context, one call at a time. Timers, reminders and streams arrive without that context (attacks 23, 25, 26): due work
/// owns every deadline instead.
/// </summary>
public sealed class GrainTests
{
    private static readonly Type[] Types = [.. ShippedAssemblies.All.SelectMany(shipped => shipped.Assembly.GetTypes())];
    private static readonly Type[] Interfaces = [.. Types.Where(t => t.IsInterface && t.IsAssignableTo(typeof(IAddressable)))];
    private static readonly Type[] Grains = [.. Types.Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IGrainBase)))];

    [Fact]
    public void Every_grain_is_keyed_by_a_text()
    {
        Assert.NotEmpty(Interfaces);
        Assert.All(Interfaces, i => Assert.True(i.IsAssignableTo(typeof(IGrainWithStringKey)), $"{i.Name} has a key that names no network."));
    }

    [Fact]
    public void No_grain_shares_an_activation_or_interleaves_calls()
    {
        Assert.NotEmpty(Grains);
        Assert.All(Grains, g => Assert.DoesNotContain(g.GetCustomAttributes(), a => a is StatelessWorkerAttribute or ReentrantAttribute or MayInterleaveAttribute));
    }

    [Fact]
    public void No_call_is_sent_without_an_answer() =>
        Assert.All(Interfaces.SelectMany(i => i.GetMethods()), m => Assert.Null(m.GetCustomAttribute<OneWayAttribute>()));

    [Fact]
    public void No_grain_is_woken_by_a_reminder_or_a_stream() =>
        Assert.All(Grains, g => Assert.DoesNotContain(g.GetInterfaces(), i => i.FullName is "Orleans.IRemindable" or "Orleans.Timers.ITimerRegistry" || i.Namespace?.StartsWith("Orleans.Streams", StringComparison.Ordinal) == true));
}
