using System.Collections.Immutable;
using System.Globalization;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Measures;
using IptCloud.Portal.Courses;

namespace IptCloud.Portal.Measures;

/// <summary>The answers of an instrument as a form carries them.</summary>
public static class EnterForm
{
    /// <summary>The value of "did not want to answer", which is not the same as an open question.</summary>
    public const string Declined = "declined";

    /// <summary>The field of a question.</summary>
    public static string Field(Instrument instrument, int number) => string.Create(CultureInfo.InvariantCulture, $"enter.{instrument.Id}.{number}");

    /// <summary>The command for one instrument; null if none of its questions was answered.</summary>
    public static EnterMeasure? Read(Posted form, Instrument instrument, SessionId? session, CommandId command)
    {
        var answers = ImmutableSortedDictionary.CreateBuilder<int, int?>();
        for (var number = 1; number <= instrument.DifficultyNumber; number++)
        {
            var text = form[Field(instrument, number)];
            if (text == Declined) answers[number] = null;
            else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) answers[number] = value;
        }

        if (answers.Count == 0) return null;
        var request = TypedId.TryParse<RequestId>(form[$"enter.request.{instrument.Id}"], out var open) ? open : TypedId.Derive<RequestId>(command.Value, $"request/{instrument.Id}");
        return new(request, instrument.Id, instrument.Version, session, answers.ToImmutable());
    }
}
