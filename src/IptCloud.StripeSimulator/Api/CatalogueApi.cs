using System.Globalization;
using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

/// <summary>Products and prices.</summary>
internal static class CatalogueApi
{
    private const string Product = "description active:bool metadata:map tax_code unit_label url statement_descriptor ";
    private const string Tax = "tax_behavior=exclusive|inclusive|unspecified ";

    public static IEnumerable<Operation> Operations =>
    [
        new("POST", "products", "id name! " + Product, CreateProduct),
        new("GET", "products", Lists.Paging + "active:bool ids[] created:range", call => call.Page("/v1/products", call.Work.All("product")
            .Where(product => Listed(call, product, "ids", "id") && (call.Given["active"] is null || call.Given.Flag("active") == product.Flag("active"))))),
        new("GET", "products/{}", "", call => call.Work.Get(call.Id, "product")),
        new("POST", "products/{}", "name default_price " + Product, UpdateProduct),
        new("POST", "prices", "currency! product unit_amount:int unit_amount_decimal lookup_key transfer_lookup_key:bool nickname active:bool metadata:map "
            + Tax + "billing_scheme=per_unit|tiered recurring{interval!=day|week|month|year interval_count:int usage_type=licensed|metered} product_data{name! metadata:map tax_code unit_label}", CreatePrice),
        new("GET", "prices", Lists.Paging + "active:bool lookup_keys[] product currency type=one_time|recurring created:range recurring{interval=day|week|month|year}", call =>
            call.Page("/v1/prices", call.Work.All("price").Where(price => Wanted(call, price)))),
        new("GET", "prices/{}", "", call => call.Work.Get(call.Id, "price")),
        new("POST", "prices/{}", "active:bool lookup_key transfer_lookup_key:bool nickname metadata:map " + Tax, UpdatePrice),
    ];

    private static JsonObject CreateProduct(Call call)
    {
        var product = call.Work.New("product", "prod");
        if (call.Given.Text("id") is { } id)
        {
            if (call.Work.Find(id) is not null)
                throw StripeErrorException.Invalid($"Product already exists.", "resource_already_exists", "id");
            product["id"] = id;
        }

        return Store(call, product, "product.created");
    }

    private static JsonObject UpdateProduct(Call call) => Store(call, call.Work.Get(call.Id, "product"), "product.updated");

    private static JsonObject Store(Call call, JsonObject product, string type)
    {
        product.Take(call.Given, "name", "description", "active", "tax_code", "unit_label", "url", "statement_descriptor", "default_price");
        product.TakeMetadata(call.Given);
        product["updated"] = call.Work.Now();
        call.Work.Save(product);
        call.Work.Emit(type, product);
        return product;
    }

    private static JsonObject CreatePrice(Call call)
    {
        var given = call.Given;
        if (given.Text("billing_scheme") == "tiered" || given.Child("recurring")?.Text("usage_type") == "metered")
            throw StripeErrorException.Invalid("The simulator knows only licensed prices per unit.", param: "billing_scheme");
        if (given.Number("unit_amount") is null && given.Text("unit_amount_decimal") is null)
            throw StripeErrorException.Refused("Missing required param: unit_amount.", "parameter_missing", "unit_amount");
        var price = call.Work.New("price", "price");
        price.Take(given, "currency", "active", "nickname", "tax_behavior");
        price.TakeMetadata(given);
        price["product"] = given.Child("product_data") is { } data
            ? CreateProduct(call with { Given = data }).Id()
            : call.Work.Get(given.Text("product"), "product", "product").Id();
        price["unit_amount"] = given.Number("unit_amount")
            ?? long.Parse(given.Text("unit_amount_decimal")!, CultureInfo.InvariantCulture);
        price["unit_amount_decimal"] = price.Number("unit_amount")!.Value.ToString(CultureInfo.InvariantCulture);
        price["type"] = given.Child("recurring") is null ? "one_time" : "recurring";
        if (given.Child("recurring") is { } recurring) price.Child("recurring")!.Take(recurring, "interval", "interval_count");
        else price["recurring"] = null;
        Name(call, price);
        call.Work.Save(price);
        call.Work.Emit("price.created", price);
        return price;
    }

    private static JsonObject UpdatePrice(Call call)
    {
        var price = call.Work.Get(call.Id, "price");
        var before = price.Copy();
        price.Take(call.Given, "active", "nickname", "tax_behavior");
        price.TakeMetadata(call.Given);
        Name(call, price);
        call.Work.Save(price);
        call.Work.EmitChange("price.updated", price, before);
        return price;
    }

    private static void Name(Call call, JsonObject price)
    {
        if (!call.Given.ContainsKey("lookup_key")) return;
        var key = call.Given.Text("lookup_key");
        var holder = call.Work.All("price").FirstOrDefault(other => key is not null && other.Text("lookup_key") == key && other.Id() != price.Id());
        if (holder is not null && !call.Given.Flag("transfer_lookup_key"))
            throw StripeErrorException.Invalid($"A price (`{holder.Id()}`) already uses that lookup key.", param: "lookup_key");
        if (holder is not null)
        {
            holder["lookup_key"] = null;
            call.Work.Save(holder);
        }

        price["lookup_key"] = key;
    }

    private static bool Wanted(Call call, JsonObject price) =>
        Listed(call, price, "lookup_keys", "lookup_key")
        && (call.Given["active"] is null || call.Given.Flag("active") == price.Flag("active"))
        && (call.Given.Text("product") is not { } product || price.Text("product") == product)
        && (call.Given.Text("currency") is not { } currency || price.Text("currency") == currency)
        && (call.Given.Text("type") is not { } type || price.Text("type") == type)
        && (call.Given.Child("recurring")?.Text("interval") is not { } interval || price.Child("recurring")?.Text("interval") == interval);

    private static bool Listed(Call call, JsonObject json, string list, string name) =>
        call.Given[list] is not JsonArray wanted || wanted.Any(value => (string?)value == json.Text(name));
}
