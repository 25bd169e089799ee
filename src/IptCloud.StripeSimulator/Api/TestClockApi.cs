using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

internal static class TestClockApi
{
    public static IEnumerable<Operation> Operations =>
    [
        new("POST", "test_helpers/test_clocks", "frozen_time!:int name", Create),
        new("GET", "test_helpers/test_clocks/{}", "", call => Settled(call.Work, call.Work.Get(call.Id, "test_helpers.test_clock"))),
        new("GET", "test_helpers/test_clocks", Lists.Paging, call => call.Page("/v1/test_helpers/test_clocks", call.Work.All("test_helpers.test_clock"))),
        new("POST", "test_helpers/test_clocks/{}/advance", "frozen_time!:int", Advance),
    ];

    private static JsonObject Create(Call call)
    {
        var clock = call.Work.New("test_helpers.test_clock", "clock");
        clock["created"] = call.Work.Now();
        clock["deletes_after"] = call.Work.Now() + 30 * Due.Day;
        clock["frozen_time"] = call.Given.Number("frozen_time");
        clock["name"] = call.Given.Text("name");
        call.Work.Save(clock);
        call.Work.Emit("test_helpers.test_clock.created", clock);
        return clock;
    }

    /// <summary>Carries everything out at once, but says so only when asked again: callers must wait for "ready".</summary>
    private static JsonObject Advance(Call call)
    {
        var work = call.Work;
        var clock = Settled(work, work.Get(call.Id, "test_helpers.test_clock"));
        var target = call.Given.Number("frozen_time")!.Value;
        if (target <= clock.Number("frozen_time"))
            throw StripeErrorException.Invalid("The `frozen_time` must be after the current frozen time.", param: "frozen_time");
        clock["status"] = "advancing";
        clock["status_details"] = new JsonObject { ["advancing"] = new JsonObject { ["target_frozen_time"] = target } };
        work.Emit("test_helpers.test_clock.advancing", clock);
        var answer = clock.Copy();
        Cycle.Run(work, clock.Id(), target);
        clock["frozen_time"] = target;
        work.Save(clock);
        return answer;
    }

    private static JsonObject Settled(Work work, JsonObject clock)
    {
        if (clock.Text("status") != "advancing") return clock;
        clock["status"] = "ready";
        clock["status_details"] = new JsonObject();
        work.Save(clock);
        work.Emit("test_helpers.test_clock.ready", clock);
        return clock;
    }
}
