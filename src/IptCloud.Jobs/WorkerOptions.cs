using System.ComponentModel.DataAnnotations;

namespace IptCloud.Jobs;

/// <summary>How the worker works. The defaults suit every profile.</summary>
public sealed class WorkerOptions
{
    /// <summary>How much faster the clinic clock runs than the system clock. Leases are meant in system time and kept in clinic time.</summary>
    public Func<double> ClockSpeed { get; set; } = () => 1;

    /// <summary>How long a claim holds, in system time: longer than a batch takes.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Rows claimed at once.</summary>
    [Range(1, 1000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>Courses woken side by side: their appends share commits.</summary>
    [Range(1, 512)]
    public int WakesAtOnce { get; set; } = 64;

    /// <summary>Messages delivered side by side.</summary>
    [Range(1, 256)]
    public int DeliveriesAtOnce { get; set; } = 8;

    /// <summary>No other process works on this database: what is found in the middle at start was left by a crash.</summary>
    public bool IsOnlyWorker { get; set; }

    /// <summary>Work is claimed by the database's clock: where there may be other workers.</summary>
    public bool UsesDatabaseClock { get; set; }

    /// <summary>Where the portal is reached from outside; every link starts with it.</summary>
    [Required]
    public Uri? PublicUrl { get; set; }

    internal TimeSpan ClinicLease => Lease * ClockSpeed();
}

/// <summary>The queues. Names are a stored format.</summary>
internal static class WorkerQueues
{
    public const string Sweeps = "sweeps";
    public const string Delivery = "delivery";
}
