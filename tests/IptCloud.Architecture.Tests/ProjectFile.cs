using System.Xml.Linq;
using IptCloud.Testing;

namespace IptCloud.Architecture;

/// <summary>A project as its file says, before any condition is evaluated: an arrow drawn "only in Release" is drawn.</summary>
internal sealed record ProjectFile(string Path)
{
    private readonly XDocument document = XDocument.Load(Repository.PathOf(Path));

    public string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The name in the design, without the product's.</summary>
    public string ShortName => Name.Replace("IptCloud.", "", StringComparison.Ordinal);

    public string AssemblyName => document.Descendants("AssemblyName").SingleOrDefault()?.Value ?? Name;

    public IEnumerable<string> ProjectReferences => Included("ProjectReference")
        .Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
        .Select(name => name.Replace("IptCloud.", "", StringComparison.Ordinal));

    public IEnumerable<string> PackageReferences => Included("PackageReference");

    /// <summary>Ways to an assembly that are neither a package nor a project.</summary>
    public IEnumerable<string> OtherReferences => Included("Reference").Concat(Included("COMReference"));

    public static IReadOnlyList<ProjectFile> Shipped { get; } =
        [.. Repository.Files().Where(IsProject).Where(IsShipped).Select(path => new ProjectFile(path))];

    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. Repository.Files().Where(IsProject).Select(path => new ProjectFile(path))];

    public override string ToString() => Path;

    private static bool IsProject(string path) => path.EndsWith(".csproj", StringComparison.Ordinal);

    private static bool IsShipped(string path) => path.StartsWith("src/", StringComparison.Ordinal);

    private IEnumerable<string> Included(string item) => document.Descendants(item)
        .Select(element => (string?)element.Attribute("Include"))
        .OfType<string>();
}
