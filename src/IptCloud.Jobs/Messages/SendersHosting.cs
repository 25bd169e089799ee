using IptCloud.Contracts.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IptCloud.Jobs.Messages;

/// <summary>Registers the way messages leave: exactly one of these.</summary>
public static class SendersHosting
{
    /// <summary>Messages become files in a folder; pages read them through <see cref="IMailbox"/>.</summary>
    public static IServiceCollection AddMailboxFolder(this IServiceCollection services, string folder) => services
        .AddSingleton(s => new MailboxFolder(folder, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<MailboxFolder>>()))
        .AddSingleton<IMessageSender>(s => s.GetRequiredService<MailboxFolder>())
        .AddSingleton<IMailbox>(s => s.GetRequiredService<MailboxFolder>());

    /// <summary>Messages leave over SMTP.</summary>
    public static IServiceCollection AddSmtp(this IServiceCollection services, Action<SmtpOptions> configure)
    {
        services.AddOptions<SmtpOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IMessageSender, SmtpSender>();
    }
}
