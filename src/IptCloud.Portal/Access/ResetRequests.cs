using System.Threading.Channels;
using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IptCloud.Portal.Access;

/// <summary>
/// Sends the letter that lets a forgotten password be replaced. The page has answered by the time the account is looked for,
/// so that neither words nor time tell whether there is one.
/// </summary>
internal sealed partial class ResetRequests(IServiceScopeFactory scopes, Databases databases, StaffLetters letters, ILogger<ResetRequests> logger) : BackgroundService
{
    private const int MostWaiting = 1000;

    private readonly Channel<string> waiting = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Asks for a letter to an address.</summary>
    public void Add(string email) => waiting.Writer.TryWrite(email);

    /// <summary>What was asked for is queued before the process ends: no other knows of it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } sending) await sending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends with the last request and not with the token.
        await foreach (var email in waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await SendAsync(email, CancellationToken.None);
            }
#pragma warning disable CA1031 // one letter that fails must not keep the next from being sent
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(e);
            }
        }
    }

    private async Task SendAsync(string email, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>().FindByEmailAsync(email) is not { EmailConfirmed: true, Email: { } address } user) return;
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await letters.QueueAsync(db, LetterPurpose.Reset, address, user.Id, ct: ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A letter for a forgotten password could not be queued.")]
    private partial void LogFailed(Exception exception);
}
