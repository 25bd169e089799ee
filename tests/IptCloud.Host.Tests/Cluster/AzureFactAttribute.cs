using System.Runtime.CompilerServices;

namespace IptCloud.Host.Cluster;

/// <summary>A test of the plug-in for Azure Storage, reported as skipped in builds that have it not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzureFactAttribute : FactAttribute
{
    public AzureFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        Skip = "Built without the plug-in for Azure Storage: ./tools/test --azure, with a package source that has it.";
        (SkipType, SkipUnless) = (typeof(AzurePlugIn), nameof(AzurePlugIn.IsCompiledIn));
    }
}
