namespace IptCloud.Architecture;

public sealed class ProjectReferenceTests
{
    private const string Anything = "*";

    /// <summary>The arrows of the design. A project that is not listed has no place yet; give it one here first.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Domain"] = [],
        ["Contracts"] = ["Domain"],
        ["Data"] = ["Domain"],
        ["Grains"] = ["Contracts", "Data"],
        ["Jobs"] = ["Contracts", "Data"],
        ["Stripe"] = ["Contracts", "Data"],
        ["Portal"] = ["Contracts", "Data"],
        ["StripeSimulator"] = [],
        ["AzureStorage"] = ["Grains"],
        ["Host"] = ["Grains", "Jobs", "Portal", Anything],
    };

    [Fact]
    public void Projects_reference_exactly_what_the_design_lists()
    {
        var faults = new List<string>();
        foreach (var project in ProjectFile.Shipped)
        {
            if (!Arrows.TryGetValue(project.ShortName, out var listed))
            {
                faults.Add($"{project} is not in the design's table of projects");
                continue;
            }

            var drawn = project.ProjectReferences.ToHashSet();
            if (!listed.Contains(Anything))
                faults.AddRange(drawn.Except(listed).Select(extra => $"{project} must not reference {extra}"));
            else
                faults.AddRange(drawn.Except(Arrows.Keys).Select(extra => $"{project} references {extra}, which the table lacks"));
            faults.AddRange(listed.Except(drawn).Where(name => name != Anything)
                .Select(missing => $"{project} does not reference {missing}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void Shipped_projects_reach_assemblies_only_through_packages_and_projects()
    {
        var faults = ProjectFile.Shipped.SelectMany(project =>
            project.OtherReferences.Select(other => $"{project} references {other}"));

        Assert.Empty(faults);
    }

    /// <summary>What the compiler saw, whichever file brought it in: a props file can draw an arrow too.</summary>
    [Fact]
    public void Assemblies_use_only_assemblies_their_arrows_lead_to()
    {
        var projects = ProjectFile.Shipped.ToDictionary(project => project.AssemblyName, project => project.ShortName);
        var faults = new List<string>();
        foreach (var (project, assembly) in ShippedAssemblies.All)
        {
            var reachable = Reachable(project.ShortName);
            if (reachable.Contains(Anything)) continue;
            faults.AddRange(assembly.GetReferencedAssemblies()
                .Select(reference => projects.GetValueOrDefault(reference.Name!))
                .OfType<string>()
                .Where(name => !reachable.Contains(name))
                .Select(name => $"{project} uses types of {name}"));
        }

        Assert.NotEmpty(projects);
        Assert.Empty(faults);
    }

    private static HashSet<string> Reachable(string project)
    {
        var reachable = new HashSet<string>();
        var open = new Stack<string>([project]);
        while (open.TryPop(out var next))
            foreach (var target in Arrows.GetValueOrDefault(next, []))
                if (reachable.Add(target)) open.Push(target);
        return reachable;
    }
}
