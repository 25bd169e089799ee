using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

/// <summary>One of Stripe's operations.</summary>
/// <param name="Path">Below /v1; <c>{}</c> stands for an id.</param>
/// <param name="Accepts">Text of a <see cref="Shape"/>.</param>
internal sealed record Operation(string Method, string Path, string Accepts, Func<Call, JsonObject> Run)
{
    private readonly string[] parts = Path.Split('/');

    public Shape Shape { get; } = Shape.Parse(Accepts);

    public static IReadOnlyList<Operation> All { get; } =
    [
        .. CustomerApi.Operations, .. CatalogueApi.Operations, .. CheckoutApi.Operations, .. SubscriptionApi.Operations,
        .. InvoiceApi.Operations, .. PortalApi.Operations, .. WebhookApi.Operations, .. TestClockApi.Operations,
    ];

    /// <summary>The ids in a path that this operation is for, or null.</summary>
    public string[]? Match(string method, string[] path)
    {
        if (method != Method || path.Length != parts.Length) return null;
        var ids = new List<string>();
        for (var i = 0; i < parts.Length; i++)
            if (parts[i] == "{}") ids.Add(path[i]);
            else if (parts[i] != path[i]) return null;
        return [.. ids];
    }
}

/// <summary>A request that is about to be carried out.</summary>
internal sealed record Call(Work Work, JsonObject Given, string[] Ids)
{
    public string Id => Ids[0];
}
