using IptCloud.Host.Verbs;

return await CommandLine.RunAsync(args, Environment.GetEnvironmentVariable, Console.Error);
