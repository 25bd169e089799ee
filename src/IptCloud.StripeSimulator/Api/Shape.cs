using System.Globalization;
using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator.Api;

/// <summary>
/// What an operation accepts, written as text: <c>name</c> a text, <c>name!</c> required, <c>n:int b:bool m:map</c>,
/// <c>when:moment</c> a second or "now", <c>created:range</c>, <c>kind=a|b</c> one of, <c>a{...}</c> an object,
/// <c>a[...]</c> an array of objects, <c>a[]</c> an array of texts. Whatever is not written is refused, as Stripe does.
/// </summary>
internal sealed class Shape
{
    private readonly Dictionary<string, Field> fields = [];

    private sealed record Field(string Kind, bool Required, IReadOnlyList<string> Values, Shape? Inner);

    private Shape()
    {
    }

    public static Shape Parse(string text)
    {
        var at = 0;
        var shape = Parse(text, ref at);
        shape.fields["expand"] = new Field("texts", false, [], null);
        return shape;
    }

    private static Shape Parse(string text, ref int at)
    {
        var shape = new Shape();
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length || text[at] is '}' or ']') return shape;
            var name = Word(text, ref at, static c => char.IsAsciiLetterOrDigit(c) || c == '_');
            if (name.Length == 0) throw new FormatException($"Not a shape at {at}: {text}");
            var required = at < text.Length && text[at] == '!';
            if (required) at++;
            shape.fields[name] = Of(text, ref at, required);
        }
    }

    private static Field Of(string text, ref int at, bool required)
    {
        switch (at < text.Length ? text[at] : ' ')
        {
            case ':':
                at++;
                return new Field(Word(text, ref at, char.IsAsciiLetter), required, [], null);
            case '=':
                at++;
                return new Field("choice", required, Word(text, ref at, static c => !char.IsWhiteSpace(c) && c is not ('}' or ']')).Split('|'), null);
            case '{':
                at++;
                var inner = Parse(text, ref at);
                at++;
                return new Field("object", required, [], inner);
            case '[':
                at++;
                var element = Parse(text, ref at);
                at++;
                return new Field(element.fields.Count == 0 ? "texts" : "objects", required, [], element);
            default:
                return new Field("text", required, [], null);
        }
    }

    private static string Word(string text, ref int at, Func<char, bool> belongs)
    {
        var begin = at;
        while (at < text.Length && belongs(text[at])) at++;
        return text[begin..at];
    }

    /// <summary>Checks what was sent and gives it its types; an empty value becomes null.</summary>
    public JsonObject Read(JsonObject sent, string path = "")
    {
        var read = new JsonObject();
        foreach (var (name, value) in sent)
        {
            var param = path.Length == 0 ? name : $"{path}[{name}]";
            if (!fields.TryGetValue(name, out var field))
                throw StripeErrorException.Refused($"Received unknown parameter: {param}", "parameter_unknown", param);
            read[name] = Value(field, value!, param);
        }

        foreach (var (name, field) in fields)
        {
            var param = path.Length == 0 ? name : $"{path}[{name}]";
            if (field.Required && !read.ContainsKey(name))
                throw StripeErrorException.Refused($"Missing required param: {param}.", "parameter_missing", param);
            if (field.Required && read[name] is null)
                throw StripeErrorException.Refused($"You passed an empty string for '{param}'.", "parameter_invalid_empty", param);
        }

        return read;
    }

    private static JsonNode? Value(Field field, JsonNode sent, string param)
    {
        if (sent is JsonValue value) return Single(field, (string)value!, param);
        var nested = (JsonObject)sent;
        return field.Kind switch
        {
            "object" => field.Inner!.Read(nested, param),
            "map" => nested.DeepClone(),
            "range" => Shape.Parse("gt:int gte:int lt:int lte:int").Read(nested, param),
            "texts" => new JsonArray([.. nested.Select(element => element.Value!.DeepClone())]),
            "objects" => new JsonArray([.. nested.Select(element => element.Value is JsonObject json
                ? field.Inner!.Read(json, $"{param}[{element.Key}]")
                : throw StripeErrorException.Refused($"Invalid object: {param}", null, param))]),
            _ => throw StripeErrorException.Refused($"Invalid {param}: must not be a hash.", "parameter_invalid", param),
        };
    }

    private static JsonNode? Single(Field field, string sent, string param) => field.Kind switch
    {
        _ when sent.Length == 0 => null,
        "int" or "range" => Number(sent) ?? throw StripeErrorException.Refused($"Invalid integer: {sent}", "parameter_invalid_integer", param),
        "moment" when sent != "now" => Number(sent) ?? throw StripeErrorException.Refused($"Invalid timestamp: {sent}", "parameter_invalid_integer", param),
        "bool" => sent is "true" or "false" ? sent == "true" : throw StripeErrorException.Refused($"Invalid boolean: {sent}", null, param),
        "choice" => field.Values.Contains(sent)
            ? sent
            : throw StripeErrorException.Refused($"Invalid {param}: must be one of {string.Join(", ", field.Values)}", null, param),
        "object" or "objects" or "texts" or "map" => throw StripeErrorException.Refused($"Invalid {(field.Kind == "texts" ? "array" : "object")}", null, param),
        _ => sent,
    };

    private static JsonValue? Number(string sent) =>
        long.TryParse(sent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null;
}
