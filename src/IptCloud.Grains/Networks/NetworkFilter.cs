using System.Text;
using IptCloud.Contracts.Networks;
using IptCloud.Domain.Courses;

namespace IptCloud.Grains.Networks;

/// <summary>
/// Lets a call through only if the network of the key is the network of the request: the whole first segment, byte for
/// byte, default deny. The second lock; the first is the page's policy, the third the decision itself.
/// </summary>
internal sealed class NetworkFilter : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        // The runtime's own interfaces have keys of their own; nothing of ours lives in that namespace.
        if (context.InterfaceMethod.DeclaringType?.Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true) return context.Invoke();
        var key = context.TargetId.Key.AsSpan();
        var cut = key.IndexOf((byte)CourseKey.Separator);
        if (cut > 0 && RequestNetwork.Current is { } network && network.Length == cut)
        {
            Span<byte> mine = stackalloc byte[cut];
            if (Encoding.ASCII.TryGetBytes(network, mine, out var written) && written == cut && mine.SequenceEqual(key[..cut])) return context.Invoke();
        }

        throw new UnauthorizedAccessException("The call is for another network than the request.");
    }
}
