using CsCheck;
using IptCloud.Data.Keys;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Grains.Tests.Keys;

/// <summary>A box opens at its place, and nowhere else.</summary>
public sealed class KeyRingTests
{
    private static readonly NetworkId Network = new(new("11111111-1111-1111-1111-111111111111"));
    private static readonly KeyRing Ring = new(Network, [Key(1, 1), Key(2, 2)]);
    private static readonly Gen<Place> Places = Gen.Select(OneOf("journal", "clients", "note_drafts", "networks"), OneOf("payload", "link_key"), Gen.Guid, Gen.Long[0, 50], OneOf("course", "group", ""))
        .Select(p => new Place(p.Item1, p.Item2, p.Item3, p.Item4, p.Item5));

    [Fact]
    public void What_was_sealed_opens_again() =>
        Gen.Select(Places, Gen.String).Sample((place, text) =>
        {
            var (payload, version) = Ring.Seal(place, text);
            Assert.Equal(2, version);
            Assert.Equal(text, Ring.OpenText(place, payload, version));
            Assert.Equal(-1, text.Length < 4 ? -1 : payload.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)));
        });

    [Fact]
    public void It_opens_nowhere_else() =>
        Gen.Select(Places, Places, Gen.Guid).Sample((place, other, network) =>
        {
            var (payload, version) = Ring.Seal(place, "Mrs Canary");
            foreach (var wrong in new[] { other, place with { Table = "x" }, place with { Column = "x" }, place with { Row = Guid.Empty }, place with { Number = 77 }, place with { Kind = "x" } })
                if (wrong != place) Assert.Throws<UnreadableException>(() => Ring.Open(wrong, payload, version));
            Assert.Throws<UnreadableException>(() => Ring.Open(place, payload, 1));
            Assert.Throws<UnreadableException>(() => Ring.Open(place, payload, 3));
            Assert.Throws<UnreadableException>(() => new KeyRing(new(network), [Key(2, 2)]).Open(place, payload, version)); // the same key, another network
            Assert.Throws<UnreadableException>(() => new KeyRing(Network, [Key(2, 9)]).Open(place, payload, version));
        }, iter: 300);

    [Fact]
    public void Words_do_not_run_into_each_other() =>
        Assert.Throws<UnreadableException>(() => Ring.Open(new("ab", "c", Guid.Empty), Ring.Seal(new("a", "bc", Guid.Empty), "x").Payload, 2));

    [Fact]
    public void A_changed_byte_is_noticed_and_the_failure_says_nothing_of_the_text() =>
        Gen.Select(Places, Gen.Int[0, 1000], Gen.Byte[1, 255]).Sample((place, at, flip) =>
        {
            var (payload, version) = Ring.Seal(place, "Mrs Canary");
            payload[at % payload.Length] ^= flip;
            var failure = Assert.Throws<UnreadableException>(() => Ring.Open(place, payload, version));
            Assert.DoesNotContain("Canary", failure.ToString(), StringComparison.Ordinal);
            Assert.Contains(place.Table, failure.Message, StringComparison.Ordinal);
            Assert.Contains(place.Row.ToString("N"), failure.Message, StringComparison.Ordinal);
        }, iter: 500);

    [Fact]
    public void A_shortened_box_is_noticed()
    {
        var place = Place.Client(new(Guid.NewGuid()));
        var payload = Ring.Seal(place, "Mrs Canary").Payload;
        for (var length = 0; length < payload.Length; length++) Assert.Throws<UnreadableException>(() => Ring.Open(place, payload[..length], 2));
    }

    [Fact]
    public void The_same_text_is_never_the_same_box() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(Ring.Seal(Place.LinkKey, "x").Payload)).Distinct().Count());

    [Fact]
    public void Many_at_once_get_their_own() =>
        Parallel.For(0, 20_000, i =>
        {
            var place = Place.Event("course", Guid.Empty, i);
            var (payload, version) = Ring.Seal(place, $"text {i}");
            Assert.Equal($"text {i}", Ring.OpenText(place, payload, version));
        });

    [Fact]
    public void What_was_stored_before_there_were_keys_is_read_as_it_is() => Assert.Equal("{}", Ring.OpenText(Place.LinkKey, "{}"u8.ToArray(), 0));

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static KeyValuePair<int, byte[]> Key(int version, byte content) => new(version, [.. Enumerable.Repeat(content, 32)]);
}
