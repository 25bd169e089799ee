using IptCloud.Data.Journal;
using IptCloud.Data.Storage;

namespace IptCloud.Grains.Courses;

/// <summary>
/// Whatever a call reads beside the journal may meet a database that is away as well. On its way to another process such a
/// failure loses what tells it from a fault of ours, so it is named before.
/// </summary>
internal sealed class OutageFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception e) when (e is not JournalUnavailableException && Outage.IsIn(e))
        {
            throw new JournalUnavailableException("The database does not answer.", e);
        }
    }
}
