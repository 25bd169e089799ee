using IptCloud.Data.Sessions;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Grains.Tests.Sessions;

/// <summary>What was typed in several tabs at once: nothing is overwritten, and the last of each text is found again.</summary>
public abstract class NoteDraftsContract : IAsyncLifetime
{
    private readonly CourseId course = new(Guid.NewGuid());
    private readonly SessionId session = new(Guid.NewGuid());

    private ClinicSite Site { get; set; } = null!;

    private NoteDrafts Drafts => Site.Get<NoteDrafts>();

    protected abstract Task<ClinicSite> StartAsync();

    public async ValueTask InitializeAsync() => Site = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_last_of_every_text_is_found_and_nothing_that_was_changed_further()
    {
        await SavesAsync(new("He", "", 0, 0), 1);
        await SavesAsync(new("He left", "", 1, 1), 2);
        Assert.False((await SaveAsync(new("She", "", 0, 0))).Saved);
        await SavesAsync(new("She", "", 2, 0), 3); // kept beside the other, which was seen
        await SavesAsync(new("She stayed", "", 3, 3), 4);
        Assert.Equal(["He left", "She stayed"], await LastOfEachAsync());
    }

    [Fact]
    public async Task Another_tick_is_another_revision_and_the_same_again_is_none()
    {
        await SavesAsync(new("Note", "", 0, 0), 1);
        await SavesAsync(new("Note", "inventory", 1, 1), 2);
        await SavesAsync(new("Note", "inventory", 1, 1), 2);
    }

    [Fact]
    public async Task What_comes_too_late_is_kept_whatever_it_knew_of()
    {
        await SavesAsync(new("Signed", "", 0, 0), 1);
        var kept = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Drafts.KeepAsync(Site.Network, course, session, Site.Therapist, new($"Late {i}", "", 0, 9), Site.Clock.GetUtcNow())));
        Assert.Equal([2, 3, 4, 5], kept.Select(d => d.Revision).Order());
        var again = await Drafts.KeepAsync(Site.Network, course, session, Site.Therapist, new((await LastOfEachAsync())[^1], "", 0, 0), Site.Clock.GetUtcNow());
        Assert.Equal(5, again.Revision);
    }

    private Task<DraftSaved> SaveAsync(NoteTyped typed) => Drafts.SaveAsync(Site.Network, course, session, Site.Therapist, typed, Site.Clock.GetUtcNow());

    private async Task SavesAsync(NoteTyped typed, int revision)
    {
        var (saved, newest) = await SaveAsync(typed);
        Assert.Equal((true, revision), (saved, newest.Revision));
    }

    private async Task<List<string>> LastOfEachAsync() => [.. (await Drafts.LastOfEachAsync(Site.Network, session)).Select(d => d.Text)];
}

public sealed class SqliteNoteDraftsTests : NoteDraftsContract
{
    protected override Task<ClinicSite> StartAsync() => ClinicSite.OnSqliteAsync();
}

[Trait("Needs", "postgres")]
public sealed class PostgresNoteDraftsTests : NoteDraftsContract
{
    protected override Task<ClinicSite> StartAsync() => ClinicSite.OnPostgresAsync(TestContext.Current.CancellationToken);
}
