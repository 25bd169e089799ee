namespace IptCloud.Host;

public sealed class LaunchTests
{
    [Theory]
    [InlineData("IPTCLOUD_POSTGRES")]
    [InlineData("IPTCLOUD_DATA")]
    [InlineData("IPTCLOUD_URL")]
    [InlineData("Smtp__Host")]
    [InlineData("Smtp__Port")]
    [InlineData("Smtp__FromAddress")]
    [InlineData("Smtp__Security")]
    [InlineData("Smtp__User")]
    [InlineData("Smtp__Password")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public void Help_names_every_variable_that_is_read(string variable) => Assert.Contains(variable, Launch.Usage, StringComparison.Ordinal);
}
