using System.Reflection;

namespace IptCloud.Architecture;

/// <summary>The built assemblies of all projects in src, which the build has put beside the tests.</summary>
internal static class ShippedAssemblies
{
    public static IReadOnlyList<(ProjectFile Project, Assembly Assembly)> All { get; } =
        [.. ProjectFile.Shipped.Select(project => (project, Load(project)))];

    private static Assembly Load(ProjectFile project) =>
        Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, $"{project.AssemblyName}.dll"));
}
