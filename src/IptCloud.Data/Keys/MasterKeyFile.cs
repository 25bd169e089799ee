using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Keys;

/// <summary>
/// Master keys in a file that only its owner may read, one a line, the newest last: <c>key ID BASE64</c>; and
/// <c>erased NETWORK</c> for each network of which nothing may be opened any more. Read again whenever it has changed.
/// </summary>
public sealed class MasterKeyFile(string path) : IMasterKeys
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Lock gate = new();
    private Content? read;

    /// <inheritdoc />
    public string Newest => Read().Newest;

    /// <inheritdoc />
    public void Demand(bool mayMake)
    {
        lock (gate)
        {
            if (!File.Exists(path) && mayMake) Write([LineOf()], FileMode.CreateNew);
            Read();
        }
    }

    /// <inheritdoc />
    public void Add() => Append(LineOf());

    /// <inheritdoc />
    public void Forget(NetworkId network)
    {
        if (!Read().Erased.Contains(network)) Append(string.Create(CultureInfo.InvariantCulture, $"erased {network.Value:N}"));
    }

    /// <inheritdoc />
    public WrappedKey Wrap(ReadOnlySpan<byte> secret, KeyUse use)
    {
        var content = Read();
        return new(content.Newest, content.Keys[content.Newest].Seal(secret, About(use)));
    }

    /// <inheritdoc />
    public byte[] Unwrap(WrappedKey wrapped, KeyUse use)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        var content = Read();
        if (use.Network is { } network && content.Erased.Contains(network)) throw new NetworkErasedException(network);
        if (!content.Keys.TryGetValue(wrapped.MasterKey, out var key)) throw new UnreadableException($"The master key {wrapped.MasterKey} is not in {path}.");
        return key.Open(wrapped.Bytes, About(use)) ?? throw new UnreadableException($"The wrapped key {use} does not open with master key {wrapped.MasterKey}.");
    }

    private static byte[] About(KeyUse use) => Encoding.UTF8.GetBytes(use.ToString());

    private static string LineOf() => $"key {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(Box.KeyBytes))}";

    private Content Read()
    {
        lock (gate)
        {
            try
            {
                FileInfo file = new(path);
                if (!file.Exists) throw new MasterKeyException($"The master key {path} is missing. Without it nothing of the networks can be read: put it back from where it is kept safe.");
                if (!OperatingSystem.IsWindows() && (file.UnixFileMode & ~Owner) != 0) throw new MasterKeyException($"The master key {path} may be read by others. Run: chmod 600 {path}");
                if (read is { } known && known.WrittenAt == file.LastWriteTimeUtc && known.Length == file.Length) return known;
                return read = Parse(File.ReadAllLines(path), file.LastWriteTimeUtc, file.Length);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
            {
                throw new MasterKeyException($"The master key {path} cannot be read: {e.GetType().Name}.", e);
            }
        }
    }

    private Content Parse(string[] lines, DateTime writtenAt, long length)
    {
        Dictionary<string, Box> keys = [];
        HashSet<NetworkId> erased = [];
        var newest = "";
        foreach (var words in lines.Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(' ')))
            if (words[0] == "erased") erased.Add(new(Guid.ParseExact(words[1], "N")));
            else if (words[0] == "key" && Convert.FromBase64String(words[2]) is { Length: Box.KeyBytes } key) keys[newest = words[1]] = new(key, 0);
            else throw new MasterKeyException($"The master key {path} holds a line that is not understood.");
        return keys.Count > 0 ? new(newest, keys, erased, writtenAt, length) : throw new MasterKeyException($"The master key {path} holds no key.");
    }

    private void Append(string line)
    {
        lock (gate)
        {
            Read();
            Write([.. File.ReadAllLines(path), line], FileMode.Create);
        }
    }

    /// <summary>Whole, durable, and never readable by others, or not at all.</summary>
    private void Write(string[] lines, FileMode mode)
    {
        var next = path + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.Delete(next);
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Owner;
            using (FileStream file = new(next, options))
            {
                file.Write(Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: mode == FileMode.Create);
            read = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException($"The master key {path} cannot be written here: add to it by hand the line \"{(lines[^1].StartsWith("key", StringComparison.Ordinal) ? "key ID BASE64-OF-32-RANDOM-BYTES" : lines[^1])}\".", e);
        }
    }

    private sealed record Content(string Newest, Dictionary<string, Box> Keys, HashSet<NetworkId> Erased, DateTime WrittenAt, long Length);
}
