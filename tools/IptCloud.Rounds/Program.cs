using IptCloud.Rounds;
using IptCloud.Rounds.Bench;
using IptCloud.Rounds.Chaos;
using IptCloud.Rounds.Kill;
using IptCloud.Rounds.Load;
using IptCloud.Rounds.Seats;

// Long runs whose figures go into notes and the README; ./tools/test carries a short version of each.
await using var postgres = await PrivatePostgres.ForAsync(args);
return args switch
{
    ["kill", .. var rest] => await KillRounds.RunAsync(Arguments.Of(rest)),
    ["load", .. var rest] => await LoadProcess.RunAsync(Arguments.Of(rest)),
    ["appends", .. var rest] => await AppendBench.RunAsync(Arguments.Of(rest)),
    ["pages", .. var rest] => await PageBench.RunAsync(Arguments.Of(rest)),
    ["get", .. var rest] => await PageVisitor.RunAsync(Arguments.Of(rest)),
    ["overhead", .. var rest] => await OverheadBench.RunAsync(Arguments.Of(rest)),
    ["telemetry", .. var rest] => await TelemetryBench.RunAsync(Arguments.Of(rest)),
    ["audit", .. var rest] => await AuditBench.RunAsync(Arguments.Of(rest)),
    ["seats", .. var rest] => await SeatRaces.RunAsync(Arguments.Of(rest)),
    ["seats-kill", .. var rest] => await SeatKill.RunAsync(Arguments.Of(rest)),
    ["take-seat", .. var rest] => await SeatKill.TakeSeatAsync(Arguments.Of(rest)),
    ["chaos", var folder, .. var rest] => await ChaosRun.RunAsync(folder, Arguments.Of(rest)),
    ["chaos-embedded", var folder, .. var rest] => await EmbeddedRun.RunAsync(folder, Arguments.Of(rest)),
    _ => Usage.Print(),
};
