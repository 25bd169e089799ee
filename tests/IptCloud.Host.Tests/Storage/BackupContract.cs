using System.Text;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Audit;
using IptCloud.Data.Clients;
using IptCloud.Data.Messages;
using IptCloud.Data.Sessions;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Host.Browser;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Storage;

/// <summary>A backup made while a host writes, restored into a new place and read there.</summary>
public abstract class BackupContract : IAsyncLifetime
{
    private const int Writers = 4;
    private readonly TempFolder folder = new();
    private readonly int[] acknowledged = new int[Writers];
    private WebApplication host = null!;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Where backups go.</summary>
    private protected string Backups => folder.File("backups");

    /// <summary>An installation: the folder of its data, and its database where that is not in the folder.</summary>
    private protected abstract Launch Original(string[] words);

    /// <summary>A place that does not exist yet.</summary>
    private protected abstract Launch Copy(string[] words);

    private protected string FolderOf(string name) => folder.File(name);

    private protected string KeyFile => Path.Combine(folder.File("original"), "master.key");

    /// <summary>Before the installation is made.</summary>
    private protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>After the host is gone.</summary>
    private protected virtual Task ClearAsync() => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        host = Serve.Build(Original(["--no-demo", "--no-billing", "--url", $"http://localhost:{FreePort.Next()}"]), s => s.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1_000));
        await Schema.MigrateAsync(host.Services);
        await SiteClinic.PlantAsync(host.Services);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await host.StopAsync();
        await host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await ClearAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_backup_is_whole_and_readable_after_it_in_a_new_place()
    {
        await host.StartAsync(Ct);
        using CancellationTokenSource enough = new();
        var writing = Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(w, enough.Token), Ct)).ToList();
        await PortalSite.AwaitAsync("writing", () => Task.FromResult(acknowledged.All(a => a >= 3) ? "" : null));
        int[] before = [.. acknowledged];
        var file = await BackUpAsync();
        await enough.CancelAsync();
        await Task.WhenAll(writing);

        Assert.Equal(0, await RestoreVerb.RunAsync(Copy(["restore", file])));

        await using var copy = Tools.Services(Copy([]));
        var drafts = copy.GetRequiredService<NoteDrafts>();
        await using var db = await copy.GetRequiredService<Databases>().ReadAsync(SiteClinic.NetworkId, Ct);
        for (var w = 0; w < Writers; w++)
        {
            var note = (await drafts.NewestAsync(SiteClinic.NetworkId, Session(w), Ct))!;
            var courses = Enumerable.Range(1, note.Revision).Select(i => Course(w, i).Course).ToList();
            Assert.True(note.Revision >= before[w], $"{before[w]} were acknowledged, {note.Revision} are there.");
            Assert.Equal($"What {w} wrote, {note.Revision}", note.Text);
            // One moment: each writer wrote a note, then a course.
            Assert.InRange(note.Revision - await db.CourseCards.CountAsync(c => courses.Contains(c.CourseId), Ct), 0, 1);
        }

        Assert.Equal("Ines Example", (await copy.GetRequiredService<ClientRecords>().FindAsync(SiteClinic.NetworkId, Client(0, 1), Ct))!.Record.FullName);
    }

    [Fact]
    public async Task A_backup_is_its_owners_and_holds_no_master_key()
    {
        var file = await BackUpAsync();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        foreach (var key in (await File.ReadAllLinesAsync(KeyFile, Ct)).Where(l => l.StartsWith("key ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]))
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(key)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Convert.FromBase64String(key)));
        }

        foreach (var beside in new[] { Path.GetDirectoryName(KeyFile)!, Path.Combine(Path.GetDirectoryName(KeyFile)!, "backups"), folder.Path })
            Assert.Contains("together", (await Assert.ThrowsAsync<LaunchException>(() => BackupVerb.RunAsync(Original(["backup", beside])))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_nothing_restored_without_the_key()
    {
        var file = await BackUpAsync();
        Assert.Contains("not empty", (await Assert.ThrowsAsync<LaunchException>(() => RestoreVerb.RunAsync(Original(["restore", file])))).Message, StringComparison.Ordinal);
        Assert.Equal(0, await RestoreVerb.RunAsync(Copy(["restore", file])));
        Assert.Contains("not empty", (await Assert.ThrowsAsync<LaunchException>(() => RestoreVerb.RunAsync(Copy(["restore", file])))).Message, StringComparison.Ordinal);
        File.Move(KeyFile, KeyFile + ".away");
        Assert.Contains("missing", (await Assert.ThrowsAsync<LaunchException>(() => RestoreVerb.RunAsync(Copy(["restore", file])))).Message, StringComparison.Ordinal);
        File.Move(KeyFile + ".away", KeyFile);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        var file = await BackUpAsync();
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)], Ct);
        await Assert.ThrowsAsync<LaunchException>(() => RestoreVerb.RunAsync(Copy(["restore", file])));
        await File.WriteAllTextAsync(file, "no backup", Ct);
        Assert.Contains("no backup", (await Assert.ThrowsAsync<LaunchException>(() => RestoreVerb.RunAsync(Copy(["restore", file])))).Message, StringComparison.Ordinal);
    }

    /// <summary>Hazard 55: what waited may have left since, and a client who came may look as if they had not.</summary>
    [Fact]
    public async Task Nothing_old_leaves_a_restored_copy_and_no_course_is_woken_at_once()
    {
        await host.StartAsync(Ct);
        await WriteOnceAsync(0, 1);
        MessageId toClient = new(Guid.NewGuid()), toStaff = new(Guid.NewGuid());
        var later = TimeProvider.System.GetUtcNow().AddHours(1); // the host's worker leaves them alone
        await using (var db = await host.Services.GetRequiredService<Databases>().WriteAsync(SiteClinic.NetworkId, Ct))
        {
            foreach (var (id, recipient) in new[] { (toClient, (MemberId?)null), (toStaff, SiteClinic.Therapist.Id) })
                db.Outbox.Add(new() { NetworkId = SiteClinic.NetworkId, MessageId = id, CourseId = Course(0, 1).Course, ClinicId = SiteClinic.ClinicId, ClientId = Client(0, 1), Recipient = recipient, Template = "Note", State = OutboxStates.Pending, QueuedAt = later, ClosesAt = later, VisibleAt = later });
            await db.SaveChangesAsync(Ct);
        }

        await host.Services.GetRequiredService<IGrainFactory>().CallCourseAsync(Course(0, 1), g => g.ExecuteAsync(new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, new BookSeries(new(Guid.NewGuid()), [Session(0)], later.UtcDateTime.Date.AddDays(1).AddHours(10), 50))));
        Assert.Equal(0, await RestoreVerb.RunAsync(Copy(["restore", await BackUpAsync(), "--hold", "480"])));

        await using var copy = Tools.Services(Copy([]));
        await using var found = await copy.GetRequiredService<Databases>().ReadAsync(SiteClinic.NetworkId, Ct);
        Assert.Equal(OutboxStates.MaybeSent, (await found.Outbox.SingleAsync(m => m.MessageId == toClient, Ct)).State);
        Assert.Equal(OutboxStates.Pending, (await found.Outbox.SingleAsync(m => m.MessageId == toStaff, Ct)).State);
        Assert.NotEmpty(await found.DueWork.ToListAsync(Ct));
        Assert.Empty(await found.DueWork.Where(d => d.VisibleAt < later.AddHours(478)).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_copy_that_is_not_whole_is_told_by_the_exit_code()
    {
        await host.StartAsync(Ct);
        await WriteOnceAsync(0, 1);
        await using (var db = await host.Services.GetRequiredService<Databases>().WriteAsync(DatabaseRole.Rebuild, Ct)) await db.CourseCards.AcrossNetworks().ExecuteUpdateAsync(u => u.SetProperty(c => c.Attended, 7), Ct);
        Assert.Equal(1, await RestoreVerb.RunAsync(Copy(["restore", await BackUpAsync()])));
    }

    [Fact]
    public async Task An_audit_that_was_tampered_with_is_told_by_the_exit_code()
    {
        await Tools.RecordAsync(host.Services, SiteClinic.NetworkId, AuditActions.Key, "one");
        await host.Services.GetRequiredService<AuditSealer>().SealAsync(Ct);
        await TamperAsync("update audit_entries set detail = 'another'");
        Assert.Equal(1, await RestoreVerb.RunAsync(Copy(["restore", await BackUpAsync()])));
    }

    /// <summary>As somebody whom nothing in the database stops.</summary>
    private protected abstract Task TamperAsync(string sql);

    private protected async Task<string> BackUpAsync()
    {
        Assert.Equal(0, await BackupVerb.RunAsync(Original(["backup", Backups])));
        return Directory.GetFiles(Backups).Order(StringComparer.Ordinal).Last();
    }

    private async Task WriteAsync(int writer, CancellationToken enough)
    {
        for (var i = 1; !enough.IsCancellationRequested; i++) await WriteOnceAsync(writer, i);
    }

    private async Task WriteOnceAsync(int writer, int i)
    {
        var saved = await host.Services.GetRequiredService<NoteDrafts>().SaveAsync(SiteClinic.NetworkId, Course(writer, 1).Course, Session(writer), SiteClinic.Therapist.Id, new($"What {writer} wrote, {i}", "", i - 1, i - 1), TimeProvider.System.GetUtcNow(), Ct);
        Assert.True(saved.Saved);
        await host.Services.GetRequiredService<ClientRecords>().AddAsync(SiteClinic.NetworkId, Client(writer, i), new("Ines", "Example", SiteClinic.Zone, "en-GB", "ines@client.example", true, null, false, true), Ct);
        foreach (var command in new CourseCommand[] { new ReferCourse(Client(writer, i), SiteClinic.Therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, "Asks for help."), new StartCourse() })
        {
            CourseRequest request = new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, command);
            Assert.Empty((await host.Services.GetRequiredService<IGrainFactory>().CallCourseAsync(Course(writer, i), g => g.ExecuteAsync(request))).Refusals);
        }

        acknowledged[writer] = i;
    }

    private static SessionId Session(int writer) => TypedId.Derive<SessionId>(SiteClinic.Root, $"{writer}");

    private static ClientId Client(int writer, int i) => TypedId.Derive<ClientId>(SiteClinic.Root, $"{writer} {i}");

    private static CourseKey Course(int writer, int i) => new(SiteClinic.NetworkId, TypedId.Derive<CourseId>(SiteClinic.Root, $"{writer} {i}"));
}
