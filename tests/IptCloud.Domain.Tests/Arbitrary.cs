using CsCheck;

namespace IptCloud.Domain.Tests;

/// <summary>
/// Generators by reflection: a value of any record of the domain from values of its constructor. Ids, texts and times come from
/// small pools, so that things refer to each other. A new event or command is generated without anyone thinking of it.
/// </summary>
public static class Arbitrary
{
    private static readonly DateTimeOffset Origin = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Texts = ["", " ", "A few words.", "I7", "I8", "T1", "ipt-16", "ipt-16-uk", "unknown", "phq-9", "gad-7", "Europe/London", "America/New_York", "No/Where", "reminder", "measures", "homework", "rebook", "alert", "dispute.plan", "clarification", new('x', 5_000)];
    private static readonly Gen<Guid> Guids = Gen.Int[0, 3].Select(i => TypedId.Derive<CommandId>(Guid.Empty, $"arbitrary/{i}").Value);
    private static readonly Dictionary<(Type, bool), Gen<object?>> Known = [];

    /// <summary>One of all concrete types derived from <typeparamref name="T"/>.</summary>
    /// <param name="wild">With values that no list offers: undefined enumerations, dates at the edge of the calendar, lists left out.</param>
    public static Gen<T> AnyOf<T>(bool wild = false) where T : class => Gen.OneOf([.. Concrete<T>().Select(t => Of(t, wild).Select(x => (T)x!))]);

    public static IEnumerable<Type> Concrete<T>() => typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>Any value of a type.</summary>
    public static Gen<object?> Of(Type type, bool wild = false)
    {
        lock (Known) return Known.TryGetValue((type, wild), out var known) ? known : Known[(type, wild)] = Make(type, wild);
    }

    private static Gen<object?> Make(Type t, bool wild)
    {
        if (Nullable.GetUnderlyingType(t) is { } inner) return Gen.Select(Gen.Bool, Of(inner, wild)).Select((some, x) => some ? x : null);
        if (t == typeof(Guid)) return Guids.Select(g => (object?)g);
        if (t == typeof(string)) return Gen.Int[0, Texts.Length - 1].Select(i => (object?)Texts[i]);
        if (t == typeof(bool)) return Gen.Bool.Select(b => (object?)b);
        if (t == typeof(int)) return Gen.Int[-1, 20].Select(i => (object?)i);
        if (t == typeof(DateTimeOffset)) return Gen.Int[-200, 3_000].Select(h => (object?)Origin.AddHours(h));
        if (t == typeof(DateTime)) return Gen.Int[-200, 3_000].Select(h => (object?)(wild && h < -190 ? DateTime.MinValue : wild && h > 2_990 ? DateTime.MaxValue : Origin.DateTime.AddHours(h)));
        if (t == typeof(DateOnly)) return Gen.Int[-10, 200].Select(d => (object?)(wild && d < -8 ? DateOnly.MinValue : wild && d > 198 ? DateOnly.MaxValue : DateOnly.FromDateTime(Origin.DateTime).AddDays(d)));
        if (t.IsEnum) return Gen.Int[0, Enum.GetValues(t).Length - (wild ? 0 : 1)].Select(i => i == Enum.GetValues(t).Length ? Enum.ToObject(t, 99) : Enum.GetValues(t).GetValue(i));
        if (t == typeof(ImmutableSortedDictionary<int, int?>)) return Gen.Select(Gen.Int[0, 11], Gen.Int[-1, 4]).Array[0, 10].Select(a => (object?)a.DistinctBy(p => p.Item1).ToImmutableSortedDictionary(p => p.Item1, p => p.Item2 < 0 ? default(int?) : p.Item2));
        if (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return Of(t.GetGenericArguments()[0], wild).Array[0, wild ? 5 : 4].Select(items => items.Length == 5 ? Activator.CreateInstance(t) : Immutable(t.GetGenericArguments()[0], items));
        var constructor = t.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.GetParameters()
            .Aggregate(Gen.Const(ImmutableList<object?>.Empty), (all, p) => Gen.Select(all, Of(p.ParameterType, wild)).Select((list, x) => list.Add(x)))
            .Select(arguments => (object?)constructor.Invoke([.. arguments]));
    }

    private static object? Immutable(Type item, object?[] items)
    {
        var array = Array.CreateInstance(item, items.Length);
        items.CopyTo(array, 0);
        return typeof(ImmutableArray).GetMethods().Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }]).MakeGenericMethod(item).Invoke(null, [array]);
    }
}
