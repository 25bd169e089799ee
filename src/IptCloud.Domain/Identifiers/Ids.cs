using System.Text.Json.Serialization;

namespace IptCloud.Domain.Identifiers;

/// <summary>A clinic network: the tenant.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.network"), JsonConverter(typeof(TypedIdJsonConverter<NetworkId>))]
public readonly record struct NetworkId(Guid Value) : ITypedId<NetworkId>
{
    /// <inheritdoc />
    public static NetworkId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A clinic of a network; it has an address and a time zone.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.clinic"), JsonConverter(typeof(TypedIdJsonConverter<ClinicId>))]
public readonly record struct ClinicId(Guid Value) : ITypedId<ClinicId>
{
    /// <inheritdoc />
    public static ClinicId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A person's membership of one network; a person may have several.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.member"), JsonConverter(typeof(TypedIdJsonConverter<MemberId>))]
public readonly record struct MemberId(Guid Value) : ITypedId<MemberId>
{
    /// <inheritdoc />
    public static MemberId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A client's record, kept apart from the course.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.client"), JsonConverter(typeof(TypedIdJsonConverter<ClientId>))]
public readonly record struct ClientId(Guid Value) : ITypedId<ClientId>
{
    /// <inheritdoc />
    public static ClientId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>One time-limited course of IPT.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.course"), JsonConverter(typeof(TypedIdJsonConverter<CourseId>))]
public readonly record struct CourseId(Guid Value) : ITypedId<CourseId>
{
    /// <inheritdoc />
    public static CourseId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A booked session; it keeps its id when it is moved.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.session"), JsonConverter(typeof(TypedIdJsonConverter<SessionId>))]
public readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    /// <inheritdoc />
    public static SessionId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A weekly series booked as one object.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.series"), JsonConverter(typeof(TypedIdJsonConverter<SeriesId>))]
public readonly record struct SeriesId(Guid Value) : ITypedId<SeriesId>
{
    /// <inheritdoc />
    public static SeriesId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A person of the interpersonal inventory.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.person"), JsonConverter(typeof(TypedIdJsonConverter<PersonId>))]
public readonly record struct PersonId(Guid Value) : ITypedId<PersonId>
{
    /// <inheritdoc />
    public static PersonId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A task agreed for between sessions.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.homework"), JsonConverter(typeof(TypedIdJsonConverter<HomeworkId>))]
public readonly record struct HomeworkId(Guid Value) : ITypedId<HomeworkId>
{
    /// <inheritdoc />
    public static HomeworkId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>One form of a measure, asked for once and answered at most once.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.request"), JsonConverter(typeof(TypedIdJsonConverter<RequestId>))]
public readonly record struct RequestId(Guid Value) : ITypedId<RequestId>
{
    /// <inheritdoc />
    public static RequestId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A risk alert.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.alert"), JsonConverter(typeof(TypedIdJsonConverter<AlertId>))]
public readonly record struct AlertId(Guid Value) : ITypedId<AlertId>
{
    /// <inheritdoc />
    public static AlertId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A contact between sessions.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.contact"), JsonConverter(typeof(TypedIdJsonConverter<ContactId>))]
public readonly record struct ContactId(Guid Value) : ITypedId<ContactId>
{
    /// <inheritdoc />
    public static ContactId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>A message in the outbox; it may carry several intents.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.message"), JsonConverter(typeof(TypedIdJsonConverter<MessageId>))]
public readonly record struct MessageId(Guid Value) : ITypedId<MessageId>
{
    /// <inheritdoc />
    public static MessageId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>One intended change; repeating it has no second effect.</summary>
[GenerateSerializer, Immutable, Alias("ipt.id.command"), JsonConverter(typeof(TypedIdJsonConverter<CommandId>))]
public readonly record struct CommandId(Guid Value) : ITypedId<CommandId>
{
    /// <inheritdoc />
    public static CommandId From(Guid value) => new(value);

    /// <summary>The 32 hexadecimal digits, as used in keys and addresses.</summary>
    public override string ToString() => Value.ToString("N");
}
