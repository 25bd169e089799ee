namespace IptCloud.Data.Storage;

/// <summary>
/// Who in this process may write the SQLite file: one at a time, in order of arrival. The file itself has no such order.
/// Whoever finds it busy asks again 150 ms later, and next to a journal that writes without a pause is never lucky: notes
/// and deliveries would wait for ever (hazard 22).
/// </summary>
public sealed class WriteTurns : IDisposable
{
    private readonly SemaphoreSlim free = new(1, 1);

    /// <summary>Waits for the turn. Whoever has it must not wait for another writer.</summary>
    public Task TakeAsync(CancellationToken ct = default) => free.WaitAsync(ct);

    /// <inheritdoc cref="TakeAsync" />
    public void Take() => free.Wait();

    /// <summary>Gives the turn to the one who has waited longest.</summary>
    public void End() => free.Release();

    /// <inheritdoc />
    public void Dispose() => free.Dispose();
}
