using System.Xml.Linq;
using IptCloud.Testing;

namespace IptCloud.Architecture;

public sealed class PackageTests
{
    [Fact]
    public void Domain_takes_nothing_but_serialization()
    {
        var domain = Assert.Single(ProjectFile.Shipped, project => project.ShortName == "Domain");

        Assert.Equal(
            ["Microsoft.Orleans.CodeGenerator", "Microsoft.Orleans.Serialization"],
            domain.PackageReferences.Order(StringComparer.Ordinal));
        Assert.Empty(XDocument.Load(Repository.PathOf(domain.Path)).Descendants("FrameworkReference"));
    }

    /// <summary>A package may bring others along; the domain's code must not use them.</summary>
    [Fact]
    public void Domain_is_compiled_against_the_runtime_and_serialization_only()
    {
        var domain = Assert.Single(ShippedAssemblies.All, shipped => shipped.Project.ShortName == "Domain").Assembly;

        var others = domain.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)
                && !name.StartsWith("Orleans.Serialization", StringComparison.Ordinal));

        Assert.Empty(others);
    }

    [Fact]
    public void Packages_have_one_version_and_it_is_central()
    {
        var central = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(element => (string)element.Attribute("Include")!)
            .ToHashSet();
        var faults = new List<string>();
        foreach (var file in Repository.Files().Where(IsBuildFile))
            foreach (var reference in XDocument.Load(Repository.PathOf(file)).Descendants("PackageReference"))
            {
                var package = (string?)reference.Attribute("Include") ?? (string?)reference.Attribute("Update") ?? "";
                if (!central.Contains(package)) faults.Add($"{file}: {package} has no central version");
                if (OwnVersion(reference)) faults.Add($"{file}: {package} has a version of its own");
            }

        Assert.NotEmpty(central);
        Assert.Empty(faults);
    }

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var files = Repository.Files().ToHashSet();

        var unlocked = ProjectFile.All
            .Where(project => !files.Contains(LockFileOf(project)))
            .Select(project => project.Path);

        Assert.Empty(unlocked);
    }

    private static string LockFileOf(ProjectFile project) =>
        $"{Path.GetDirectoryName(project.Path)!.Replace('\\', '/')}/packages.lock.json";

    private static bool IsBuildFile(string file) =>
        file.EndsWith(".csproj", StringComparison.Ordinal)
        || file.EndsWith(".props", StringComparison.Ordinal)
        || file.EndsWith(".targets", StringComparison.Ordinal);

    private static bool OwnVersion(XElement reference) =>
        reference.Attributes().Select(attribute => attribute.Name.LocalName)
            .Concat(reference.Elements().Select(element => element.Name.LocalName))
            .Any(name => name is "Version" or "VersionOverride");
}
