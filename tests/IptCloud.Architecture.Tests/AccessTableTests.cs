using IptCloud.Domain.Networks;
using IptCloud.Testing;

namespace IptCloud.Architecture;

/// <summary>What people read about roles is what the program decides by.</summary>
public sealed class AccessTableTests
{
    [Fact]
    public void The_readme_holds_the_table_of_role_and_action_as_the_verb_prints_it() =>
        Assert.Contains(AccessText.Markdown(), File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
}
