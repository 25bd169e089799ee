using System.Text.RegularExpressions;
using IptCloud.Testing;

namespace IptCloud.Architecture;

public sealed partial class LayoutTests
{
    [Fact]
    public void The_root_holds_only_what_has_a_place_there()
    {
        var strangers = Repository.TrackedFiles()
            .Select(file => file.Split('/')[0])
            .Distinct()
            .Where(entry => !AllowedAtRoot().IsMatch(entry));

        Assert.Empty(strangers);
    }

    [Fact]
    public void No_type_is_named_for_the_want_of_a_name()
    {
        var vague = Repository.Files().Where(file => VagueName().IsMatch(file));

        Assert.Empty(vague);
    }

    [Fact]
    public void A_skipped_test_says_why()
    {
        var silent = Repository.Files()
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => SilentSkip().Matches(File.ReadAllText(Repository.PathOf(file)))
                .Select(match => $"{file}: {match.Value}"));

        Assert.Empty(silent);
    }

    /// <summary>A misspelt need would run with --quick, where nothing it needs is there.</summary>
    [Fact]
    public void Tests_need_only_what_the_test_script_knows()
    {
        var unknown = Repository.Files()
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => NeedsTrait().Matches(File.ReadAllText(Repository.PathOf(file)))
                .Where(match => match.Groups["need"].Value is not ("postgres" or "chromium" or "smtp" or "node" or "prometheus" or "nginx" or "systemd"))
                .Select(match => $"{file}: {match.Value}"));

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("IptCloud.sln"));

        var forgotten = ProjectFile.All.Select(project => project.Path)
            .Where(path => !solution.Contains(path.Replace('/', '\\'), StringComparison.Ordinal));

        Assert.Empty(forgotten);
    }

    [GeneratedRegex(@"^(IptCloud\.sln|src|tests|infra|tools|README\.md|LICENSE|global\.json|nuget\.config|BannedSymbols\.txt|Directory\.\w+\.(props|targets)|\.gitignore|\.gitattributes|\.editorconfig|\.ci|\.config)$")]
    private static partial Regex AllowedAtRoot();

    [GeneratedRegex(@"(Manager|Helper|Util|Impl)s?(\.\w+)?\.cs$")]
    private static partial Regex VagueName();

    // An attribute's reason is a literal with something in it; so is that of a skip at run time.
    [GeneratedRegex(@"\bSkip\s*=(?!=|>)(?>\s*)(?!""[^""\s][^""]{7,}"")[^,)\]]*|\bAssert\.Skip(When|Unless)?\(([^;]*,)?\s*(""""|null)\s*\)")]
    private static partial Regex SilentSkip();

    [GeneratedRegex(@"Trait\(\s*""Needs""\s*,\s*""(?<need>[^""]*)""")]
    private static partial Regex NeedsTrait();
}
