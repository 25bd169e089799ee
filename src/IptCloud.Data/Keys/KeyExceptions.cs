using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Keys;

/// <summary>The master key cannot be used; the message is one line for whoever runs the installation.</summary>
public sealed class MasterKeyException : Exception
{
    /// <summary>Made by serializers.</summary>
    public MasterKeyException()
    {
    }

    /// <summary>With its one line.</summary>
    public MasterKeyException(string message) : base(message)
    {
    }

    /// <summary>With the cause.</summary>
    public MasterKeyException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>Something sealed does not open: it was changed, moved, or sealed with a key that is not there. Names table and row, never content.</summary>
public sealed class UnreadableException : Exception
{
    /// <summary>Made by serializers.</summary>
    public UnreadableException()
    {
    }

    /// <summary>With a message that names table and row ids only.</summary>
    public UnreadableException(string message) : base(message)
    {
    }

    /// <summary>With the cause.</summary>
    public UnreadableException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>The network's keys were deleted: nothing of it can be read, and nothing may be written.</summary>
public sealed class NetworkErasedException : Exception
{
    /// <summary>Made by serializers.</summary>
    public NetworkErasedException()
    {
    }

    /// <summary>With a message that names the network's id only.</summary>
    public NetworkErasedException(string message) : base(message)
    {
    }

    /// <summary>With the cause.</summary>
    public NetworkErasedException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>Of this network.</summary>
    public NetworkErasedException(NetworkId network) : base($"The keys of network {network} were erased.")
    {
    }
}
