using System.ComponentModel.DataAnnotations;
using IptCloud.Jobs.Messages;

namespace IptCloud.Host.Worker;

/// <summary>Where the mail server's settings are, and whether they can be meant.</summary>
internal static class SmtpSettings
{
    /// <summary>The settings, if any is given.</summary>
    /// <exception cref="LaunchException">One of them is not understood or missing. Found at the first letter, it would keep all of them.</exception>
    public static IConfigurationSection? Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("Smtp");
        if (!section.GetChildren().Any(s => s.Value is { Length: > 0 })) return null;
        SmtpOptions options = new();
        foreach (var setting in section.GetChildren().Where(s => s.Value is { Length: > 0 })) Bind(setting, options);
        List<ValidationResult> faults = [];
        return Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true) ? section
            : throw new LaunchException(string.Join(" ", faults.Select(f => $"Smtp__{f.MemberNames.FirstOrDefault()}: {f.ErrorMessage}")));
    }

    private static void Bind(IConfigurationSection setting, SmtpOptions options)
    {
        try
        {
            new ConfigurationBuilder().AddInMemoryCollection([new(setting.Key, setting.Value)]).Build().Bind(options);
        }
        catch (InvalidOperationException)
        {
            var takes = setting.Key.Equals(nameof(SmtpOptions.Security), StringComparison.OrdinalIgnoreCase) ? string.Join(", ", Enum.GetNames<SmtpSecurity>()) : "a number";
            throw new LaunchException($"Smtp__{setting.Key} takes {takes}, not '{setting.Value}'.");
        }
    }
}
