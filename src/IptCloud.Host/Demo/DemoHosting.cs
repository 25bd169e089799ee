namespace IptCloud.Host.Demo;

/// <summary>Registers the demo, where there may be one.</summary>
internal static class DemoHosting
{
    /// <summary>On an embedded installation that did not ask to be without. Never in a cluster.</summary>
    public static WebApplicationBuilder AddDemo(this WebApplicationBuilder builder, Launch launch)
    {
        if (!launch.IsEmbedded || !launch.Demo) return builder;
        builder.Services.AddSingleton<DemoProgress>();
        builder.Services.AddSingleton<DemoSetup>();
        builder.Services.AddSingleton<DemoCourses>();
        builder.Services.AddSingleton<DemoSeed>();
        builder.Services.AddSingleton<DemoLife>();
        builder.Services.AddHostedService<DemoRun>();
        return builder;
    }
}
