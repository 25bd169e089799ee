using IptCloud.Data.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IptCloud.Data.Messages;

/// <summary>Registers due work, outbox and links.</summary>
public static class MessagesHosting
{
    /// <summary>Adds what worker and portal need of the messages' tables; adding it twice is harmless.</summary>
    public static IServiceCollection AddMessageTables(this IServiceCollection services)
    {
        services.TryAddSingleton<DueWorkClaims>();
        services.TryAddSingleton<Outbox>();
        services.TryAddSingleton<Deliveries>();
        services.TryAddSingleton<TaskLinks>();
        services.TryAddSingleton<EmailConsents>();
        services.TryAddSingleton<StaffLetters>();
        services.TryAddSingleton<LetterDeliveries>();
        return services;
    }
}
