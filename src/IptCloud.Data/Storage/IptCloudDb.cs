using System.Reflection;
using System.Text;
using IptCloud.Data.Access;
using IptCloud.Data.Audit;
using IptCloud.Data.Billing;
using IptCloud.Data.Clients;
using IptCloud.Data.Courses;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Messages;
using IptCloud.Data.Networks;
using IptCloud.Data.Sessions;
using IptCloud.Domain.Identifiers;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Data.Storage;

/// <summary>
/// The relational model: migrations, reads, and everything but the journal's hot path, which the course journal writes.
/// Instants are Unix milliseconds and local times ISO text on both databases, so that the same comparison means the same everywhere.
/// </summary>
public abstract class IptCloudDb(DbContextOptions options) : IdentityDbContext<StaffUser, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>Whose rows this context sees and writes; null: nobody's.</summary>
    public NetworkId? Network { get; init; }

    // Read by the filters at each query: the model is shared by all contexts, the value is not.
    private NetworkId Shown => Network ?? default;

    /// <summary>Clinic networks.</summary>
    public DbSet<NetworkRow> Networks => Set<NetworkRow>();
    /// <summary>Networks' wrapped data keys.</summary>
    public DbSet<NetworkKeyRow> NetworkKeys => Set<NetworkKeyRow>();
    /// <summary>Clinics.</summary>
    public DbSet<ClinicRow> Clinics => Set<ClinicRow>();
    /// <summary>Memberships.</summary>
    public DbSet<MemberRow> Members => Set<MemberRow>();
    /// <summary>The clinics of members.</summary>
    public DbSet<MemberClinicRow> MemberClinics => Set<MemberClinicRow>();
    /// <summary>Invitations.</summary>
    public DbSet<InviteRow> Invites => Set<InviteRow>();
    /// <summary>Who acts for absent therapists.</summary>
    public DbSet<DeputyRow> Deputies => Set<DeputyRow>();
    /// <summary>Sign-ups that wait for their confirmation (directory).</summary>
    public DbSet<SignUpRow> SignUps => Set<SignUpRow>();
    /// <summary>Which users belong to which networks (directory).</summary>
    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();
    /// <summary>Which network a secret leads to (directory).</summary>
    public DbSet<TokenRow> Tokens => Set<TokenRow>();
    /// <summary>Letters to staff that are about no course (directory).</summary>
    public DbSet<StaffLetterRow> StaffLetters => Set<StaffLetterRow>();
    /// <summary>Sign-ins of staff (directory).</summary>
    public DbSet<SignInRow> SignIns => Set<SignInRow>();
    /// <summary>Authenticator apps of staff (directory).</summary>
    public DbSet<AuthenticatorRow> Authenticators => Set<AuthenticatorRow>();
    /// <summary>Recovery codes of staff (directory).</summary>
    public DbSet<RecoveryCodeRow> RecoveryCodes => Set<RecoveryCodeRow>();
    /// <summary>Keys of the platform itself (directory).</summary>
    public DbSet<ServerKeyRow> ServerKeys => Set<ServerKeyRow>();
    /// <summary>Clients' records.</summary>
    public DbSet<ClientRow> Clients => Set<ClientRow>();
    /// <summary>The journal.</summary>
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    /// <summary>Caseload cards (derived).</summary>
    public DbSet<CourseCardRow> CourseCards => Set<CourseCardRow>();
    /// <summary>One open course per client (derived).</summary>
    public DbSet<OpenCourseRow> OpenCourses => Set<OpenCourseRow>();
    /// <summary>Appointments (derived).</summary>
    public DbSet<AppointmentRow> Appointments => Set<AppointmentRow>();
    /// <summary>Booked time (derived).</summary>
    public DbSet<TherapistSlotRow> TherapistSlots => Set<TherapistSlotRow>();
    /// <summary>Forms and totals (derived).</summary>
    public DbSet<ScoreRow> Scores => Set<ScoreRow>();
    /// <summary>Alerts (derived).</summary>
    public DbSet<AlertRow> Alerts => Set<AlertRow>();
    /// <summary>Things to act on (derived).</summary>
    public DbSet<InboxRow> Inbox => Set<InboxRow>();
    /// <summary>Deadlines (derived, with operational leases).</summary>
    public DbSet<DueWorkRow> DueWork => Set<DueWorkRow>();
    /// <summary>Intents (derived).</summary>
    public DbSet<MessageIntentRow> MessageIntents => Set<MessageIntentRow>();
    /// <summary>Messages on their way (operational).</summary>
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    /// <summary>Clients' links (operational).</summary>
    public DbSet<TaskLinkRow> TaskLinks => Set<TaskLinkRow>();
    /// <summary>Draft notes, every revision (operational).</summary>
    public DbSet<NoteDraftRow> NoteDrafts => Set<NoteDraftRow>();
    /// <summary>The audit (append-only).</summary>
    public DbSet<AuditEntryRow> AuditEntries => Set<AuditEntryRow>();
    /// <summary>Whose records the audit's entries are about (append-only).</summary>
    public DbSet<AuditEntryClientRow> AuditEntryClients => Set<AuditEntryClientRow>();
    /// <summary>The chains that seal the audit (append-only).</summary>
    public DbSet<AuditLinkRow> AuditLinks => Set<AuditLinkRow>();
    /// <summary>Therapist seats.</summary>
    public DbSet<SeatsRow> Seats => Set<SeatsRow>();
    /// <summary>Numbers of seats on their way to Stripe.</summary>
    public DbSet<SeatOrderRow> SeatOrders => Set<SeatOrderRow>();
    /// <summary>What Stripe says of each network (projection).</summary>
    public DbSet<SubscriptionRow> Subscriptions => Set<SubscriptionRow>();
    /// <summary>Invoices (projection).</summary>
    public DbSet<InvoiceRow> Invoices => Set<InvoiceRow>();
    /// <summary>What the nightly checks of seats found.</summary>
    public DbSet<SeatCheckRow> SeatChecks => Set<SeatCheckRow>();
    /// <summary>Which network a customer of Stripe is (directory).</summary>
    public DbSet<BillingCustomerRow> BillingCustomers => Set<BillingCustomerRow>();
    /// <summary>Stripe's events (directory).</summary>
    public DbSet<BillingEventRow> BillingEvents => Set<BillingEventRow>();
    /// <inheritdoc />
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Waits for the turn to write, and keeps it until the context is disposed. A database that takes many writers at once has no turns.</summary>
    internal virtual Task TakeTurnAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>From now on this connection overwrites what it deletes or replaces. PostgreSQL does so when it vacuums.</summary>
    internal virtual Task OverwriteDeletedAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Leaves nothing in the file of what was deleted or replaced. On PostgreSQL vacuuming does so in its own time.</summary>
    internal virtual Task RemoveRemnantsAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseOtherNetworks();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseOtherNetworks();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // A filter is asked for what is read only: a row that was made here could carry any network.
    private void RefuseOtherNetworks()
    {
        foreach (var entry in ChangeTracker.Entries<INetworkRow>())
            if (entry.State is not EntityState.Unchanged and not EntityState.Detached && entry.Entity.NetworkId != Network)
                throw new InvalidOperationException($"A row of {entry.Metadata.GetTableName()} belongs to another network than the context.");
    }

    // Identity asks the application's services which of its schemas is meant: the one with a table for passkeys. Said here,
    // because contexts are made in many places.
    private protected static readonly IServiceProvider Identity = new ServiceCollection().Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<DateTime>().HaveConversion<LocalTimeConverter>();
        foreach (var id in typeof(NetworkId).Assembly.GetTypes().Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>))))
            configurationBuilder.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<NetworkRow>().ToTable("networks").HasKey(x => x.NetworkId);
        builder.Entity<NetworkKeyRow>().ToTable("network_keys").HasKey(x => new { x.NetworkId, x.Version });
        builder.Entity<ClinicRow>().ToTable("clinics").HasKey(x => new { x.NetworkId, x.ClinicId });
        builder.Entity<MemberRow>(e =>
        {
            e.ToTable("members").HasKey(x => new { x.NetworkId, x.MemberId });
            e.HasIndex(x => new { x.NetworkId, x.UserId }).IsUnique();
        });
        builder.Entity<MembershipRow>().ToTable("memberships").HasKey(x => new { x.UserId, x.NetworkId });
        builder.Entity<InviteRow>().ToTable("invites").HasKey(x => new { x.NetworkId, x.InviteId });
        builder.Entity<DeputyRow>(e =>
        {
            e.ToTable("deputies").HasKey(x => new { x.NetworkId, x.DeputyId });
            e.HasIndex(x => new { x.NetworkId, x.Deputy });
        });
        builder.Entity<SignUpRow>().ToTable("sign_ups").HasKey(x => x.Id);
        builder.Entity<TokenRow>().ToTable("tokens").HasKey(x => x.TokenHash);
        builder.Entity<MemberClinicRow>().ToTable("member_clinics").HasKey(x => new { x.NetworkId, x.MemberId, x.ClinicId });
        builder.Entity<ClientRow>().ToTable("clients").HasKey(x => new { x.NetworkId, x.ClientId });
        builder.Entity<JournalRow>(e =>
        {
            e.ToTable("journal").HasKey(x => new { x.NetworkId, x.StreamKind, x.StreamId, x.Seq }).HasName("pk_journal");
            e.HasIndex(x => new { x.NetworkId, x.StreamKind, x.StreamId, x.CommandId }).IsUnique().HasDatabaseName("ux_journal_command");
        });
        builder.Entity<CourseCardRow>(e =>
        {
            e.ToTable("course_cards").HasKey(x => new { x.NetworkId, x.CourseId });
            e.HasIndex(x => new { x.NetworkId, x.TherapistId, x.Status, x.Urgency });
            e.HasIndex(x => new { x.NetworkId, x.ClinicId, x.Status, x.Urgency });
            e.HasIndex(x => new { x.NetworkId, x.ClientId });
        });
        builder.Entity<OpenCourseRow>().ToTable("open_courses").HasKey(x => new { x.NetworkId, x.ClientId }).HasName("pk_open_courses");
        builder.Entity<AppointmentRow>(e =>
        {
            e.ToTable("appointments").HasKey(x => new { x.NetworkId, x.SessionId });
            e.HasIndex(x => new { x.NetworkId, x.TherapistId, x.StartsAt });
            e.HasIndex(x => new { x.NetworkId, x.CourseId });
        });
        builder.Entity<TherapistSlotRow>(e =>
        {
            e.ToTable("therapist_slots").HasKey(x => new { x.NetworkId, x.TherapistId, x.Slot }).HasName("pk_therapist_slots");
            e.HasIndex(x => new { x.NetworkId, x.CourseId });
        });
        builder.Entity<ScoreRow>(e =>
        {
            e.ToTable("scores").HasKey(x => new { x.NetworkId, x.RequestId });
            e.HasIndex(x => new { x.NetworkId, x.CourseId });
        });
        builder.Entity<AlertRow>(e =>
        {
            e.ToTable("alerts").HasKey(x => new { x.NetworkId, x.AlertId });
            e.HasIndex(x => new { x.NetworkId, x.CourseId });
            e.HasIndex(x => new { x.NetworkId, x.ClosedAt });
            e.HasIndex(x => x.RaisedAt).HasFilter("closed_at IS NULL AND acknowledged_at IS NULL").HasDatabaseName("ix_alerts_unacknowledged");
        });
        builder.Entity<InboxRow>(e =>
        {
            e.ToTable("inbox").HasKey(x => new { x.NetworkId, x.CourseId, x.Kind, x.Subject });
            e.HasIndex(x => new { x.NetworkId, x.TherapistId });
        });
        builder.Entity<DueWorkRow>(e =>
        {
            e.ToTable("due_work").HasKey(x => new { x.NetworkId, x.CourseId, x.Kind, x.Subject });
            e.HasIndex(x => new { x.VisibleAt, x.NetworkId, x.CourseId });
        });
        builder.Entity<MessageIntentRow>(e =>
        {
            e.ToTable("message_intents").HasKey(x => new { x.NetworkId, x.Purpose, x.Subject, x.Occasion });
            e.HasIndex(x => new { x.NetworkId, x.CourseId });
        });
        builder.Entity<OutboxRow>(e =>
        {
            e.ToTable("message_outbox").HasKey(x => new { x.NetworkId, x.MessageId });
            e.HasIndex(x => new { x.State, x.VisibleAt });
            e.HasIndex(x => new { x.NetworkId, x.CourseId, x.State });
        });
        builder.Entity<TaskLinkRow>().ToTable("task_links").HasKey(x => new { x.NetworkId, x.TokenHash });
        builder.Entity<NoteDraftRow>(e =>
        {
            e.ToTable("note_drafts").HasKey(x => new { x.NetworkId, x.SessionId, x.Revision });
            e.HasIndex(x => new { x.NetworkId, x.CourseId });
        });
        AuditTables.Map(builder);
        BillingTables.Map(builder);
        builder.Entity<StaffLetterRow>(e =>
        {
            e.ToTable("staff_letters").HasKey(x => x.Id);
            e.HasIndex(x => new { x.State, x.VisibleAt });
            e.HasIndex(x => new { x.Purpose, x.Subject });
            e.HasIndex(x => x.TokenHash).IsUnique();
        });
        builder.Entity<SignInRow>(e =>
        {
            e.ToTable("sign_ins").HasKey(x => x.Id);
            e.HasIndex(x => new { x.UserId, x.EndedAt });
        });
        builder.Entity<AuthenticatorRow>().ToTable("authenticators").HasKey(x => x.UserId);
        builder.Entity<RecoveryCodeRow>().ToTable("recovery_codes").HasKey(x => new { x.UserId, x.CodeHash });
        builder.Entity<ServerKeyRow>().ToTable("server_keys").HasKey(x => x.Name);
        builder.Entity<IdentityUserPasskey<Guid>>().OwnsOne(p => p.Data).ToJson("data");
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => !e.IsMappedToJson()))
        {
            if (entity.GetTableName() is { } table && table.Any(char.IsUpper)) entity.SetTableName("identity_" + Snake(table.Replace("AspNet", "", StringComparison.Ordinal)));
            foreach (var property in entity.GetProperties()) property.SetColumnName(Snake(property.Name));
            if (entity.ClrType.IsAssignableTo(typeof(INetworkRow))) Filtering.MakeGenericMethod(entity.ClrType).Invoke(this, [builder]);
        }
    }

    private static readonly MethodInfo Filtering = typeof(IptCloudDb).GetMethod(nameof(Filter), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void Filter<T>(ModelBuilder builder) where T : class, INetworkRow => builder.Entity<T>().HasQueryFilter(NetworkFilter.Name, r => r.NetworkId == Shown);

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var ch in name)
        {
            if (char.IsUpper(ch) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(ch));
        }

        return text.ToString();
    }
}
