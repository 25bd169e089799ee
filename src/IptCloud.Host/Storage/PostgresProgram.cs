using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace IptCloud.Host.Storage;

/// <summary>PostgreSQL's own programs, run against the database of a connection string.</summary>
internal static class PostgresProgram
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="connectionString">Whose server, database and login. Its password, if it has one, goes by the environment: arguments can be seen by others.</param>
    /// <exception cref="LaunchException">It is not there, or it failed; the message is its last line.</exception>
    public static async Task RunAsync(string name, string connectionString, params string[] words)
    {
        ProcessStartInfo start = new(name, words) { RedirectStandardError = true };
        foreach (var (variable, value) in Environs(new(connectionString)))
            if (!string.IsNullOrEmpty(value)) start.Environment[variable] = value;
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new LaunchException($"{name} is not on the path. Install PostgreSQL's client programs, of the server's version or a newer one.");
        }

        using (process)
        {
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new LaunchException($"{name} failed: {said.Trim().Split('\n')[^1]}");
        }
    }

    private static IEnumerable<(string Variable, string? Value)> Environs(NpgsqlConnectionStringBuilder settings) =>
    [
        ("PGHOST", settings.Host), ("PGPORT", settings.Port.ToString(CultureInfo.InvariantCulture)), ("PGDATABASE", settings.Database), ("PGUSER", settings.Username),
        ("PGPASSWORD", settings.Password), ("PGPASSFILE", settings.Passfile),
        ("PGSSLMODE", settings.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() }),
        ("PGSSLROOTCERT", settings.RootCertificate), ("PGSSLCERT", settings.SslCertificate), ("PGSSLKEY", settings.SslKey),
    ];
}
