using System.ComponentModel.DataAnnotations;

namespace IptCloud.Jobs.Messages;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>STARTTLS is required: without it, or with a bad certificate, nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>None: for a relay on this machine only.</summary>
    None,
}

/// <summary>The mail server.</summary>
public sealed class SmtpOptions
{
    /// <summary>Its name; it must match its certificate.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>Its port.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Whom to sign in as; null for none.</summary>
    public string? User { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>The address that messages come from. It names no service; the clinic's neutral name stands before it.</summary>
    [Required, EmailAddress]
    public string FromAddress { get; set; } = "";

    /// <summary>The longest wait for any one answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
