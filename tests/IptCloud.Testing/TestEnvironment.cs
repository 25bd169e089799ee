namespace IptCloud.Testing;

internal static class TestEnvironment
{
    /// <summary>A test whose surroundings are absent fails: skipped, it would look as good as passed.</summary>
    public static string Require(string variable, string what) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"This test needs {what}, and {variable} does not name one. "
                + "Run ./tools/test, which sets it up, or leave such tests out with ./tools/test --quick.");
}
