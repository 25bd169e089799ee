using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Measures;

namespace IptCloud.Domain.Protocols;

/// <summary>A strategy for one problem area or a technique, as recorded per session (domain.md §1.2, §3.1).</summary>
/// <param name="Area">The area a strategy belongs to; null for a technique.</param>
public sealed record TherapyCode(string Code, string Title, FocusArea? Area = null);

/// <summary>All clinical content that ships as data: protocols, instruments, homework, strategies and techniques.</summary>
/// <remarks>Read once from the assembly's resources and validated; a faulty file stops the program with every fault named.</remarks>
public sealed class Catalog
{
    private static readonly Lazy<Catalog> Lazy = new(Load);
    private readonly FrozenDictionary<(string, int), Protocol> protocols;
    private readonly FrozenDictionary<(string, int), Instrument> instruments;
    private readonly FrozenDictionary<string, HomeworkTemplate> homework;

    private Catalog(IEnumerable<Protocol> protocols, IEnumerable<Instrument> instruments, IEnumerable<HomeworkTemplate> homework, Techniques codes)
    {
        this.protocols = protocols.ToFrozenDictionary(p => (p.Id, p.Version));
        this.instruments = instruments.ToFrozenDictionary(i => (i.Id, i.Version));
        this.homework = homework.ToFrozenDictionary(h => h.Id);
        Strategies = codes.Strategies;
        TechniqueCodes = codes.Items;
    }

    /// <summary>The content that ships with this version of the program.</summary>
    /// <exception cref="InvalidDataException">A file is faulty.</exception>
    public static Catalog Current => Lazy.Value;

    /// <summary>Strategies by problem area.</summary>
    public ImmutableArray<TherapyCode> Strategies { get; }

    /// <summary>Techniques, of any area.</summary>
    public ImmutableArray<TherapyCode> TechniqueCodes { get; }

    /// <summary>Every protocol version, by id and version.</summary>
    public IEnumerable<Protocol> Protocols => protocols.Values.OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.Version);

    /// <summary>Every instrument version.</summary>
    public IEnumerable<Instrument> Instruments => instruments.Values.OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.Version);

    /// <summary>The protocol version, or null.</summary>
    public Protocol? Protocol(string id, int version) => protocols.GetValueOrDefault((id, version));

    /// <summary>The instrument version, or null.</summary>
    public Instrument? Instrument(string id, int version) => instruments.GetValueOrDefault((id, version));

    /// <summary>The homework template, or null.</summary>
    public HomeworkTemplate? Homework(string id) => homework.GetValueOrDefault(id);

    /// <summary>Reads one protocol file and checks it against the shipped instruments and homework.</summary>
    /// <exception cref="InvalidDataException">The file is faulty; the message names every fault.</exception>
    public static Protocol ReadProtocol(Stream file, string name)
    {
        var instruments = All<Instrument>("measures/");
        var homework = All<HomeworkLibrary>("homework/").SelectMany(l => l.Items).ToList();
        return Checked(Read<Protocol>(file, name), name, instruments, homework);
    }

    private static Catalog Load()
    {
        var instruments = All<Instrument>("measures/");
        foreach (var i in instruments) Refuse(i.Id, i.Faults());
        var homework = All<HomeworkLibrary>("homework/").SelectMany(l => l.Items).ToList();
        var protocols = All<Protocol>("protocols/", except: "protocols/techniques").ConvertAll(p => Checked(p, p.Id, instruments, homework));
        return new(protocols, instruments, homework, All<Techniques>("protocols/techniques").Single());
    }

    private static Protocol Checked(Protocol p, string name, List<Instrument> instruments, List<HomeworkTemplate> homework)
    {
        Refuse(name, p.Faults((id, v) => instruments.Exists(i => i.Id == id && i.Version == v), id => homework.Exists(h => h.Id == id)));
        return p;
    }

    private static void Refuse(string name, IEnumerable<string> faults)
    {
        if (string.Join("; ", faults) is { Length: > 0 } all) throw new InvalidDataException($"{name}: {all}.");
    }

    private static List<T> All<T>(string prefix, string? except = null)
    {
        var assembly = typeof(Catalog).Assembly;
        List<T> found = [];
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && (except is null || !n.StartsWith(except, StringComparison.Ordinal))).Order(StringComparer.Ordinal))
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            found.Add(Read<T>(file, name));
        }

        return found;
    }

    private static T Read<T>(Stream file, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(file, Options) ?? throw new InvalidDataException($"{name}: the file is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private sealed record Techniques(ImmutableArray<TherapyCode> Strategies, ImmutableArray<TherapyCode> Items);
}
