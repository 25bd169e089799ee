using System.Collections.Immutable;
using IptCloud.Domain.Clients;

namespace IptCloud.Host.Demo;

/// <summary>The invented clients.</summary>
internal static class Cast
{
    private static readonly ImmutableArray<string> Given =
    [
        "Maya", "Tom", "Aisha", "George", "Eleni", "Joseph", "Rosa", "Callum", "Ingrid", "Samir", "Beth", "Marcus", "Yuki", "Patrick", "Leila", "Owen", "Carmen",
        "Noah", "Fatima", "Henry", "Zofia", "Andre", "Molly", "Ravi", "Sinead", "Victor", "Nadia", "Peter", "Amara", "Jonas", "Claire", "Hamid", "Ruth", "Diego", "Ivy", "Kwame", "Laura",
    ];

    private static readonly ImmutableArray<string> Family =
    [
        "Hughes", "Okoye", "Brennan", "Castellanos", "Novak", "Ahmed", "Lindqvist", "Turner", "Pereira", "Goldberg", "Marsh", "Adeyemi", "Fletcher", "Tanaka", "Rossi",
        "Campbell", "Haddad", "Whelan", "Kaur", "Bergman", "Doran", "Mensah", "Petrov", "Sullivan", "Alvarez", "Chowdhury", "Price", "Delgado", "Moreau", "Stone", "Vance",
    ];

    public static ClientRecord RecordOf(DemoCase story)
    {
        var (given, family, dice) = (Given[story.Index % Given.Length], Family[story.Index % Family.Length], story.Dice);
        var number = dice.Between(100, 999, "phone");
        // Somebody always reads mail; now and then somebody wants none.
        var mail = story.Fate.Loose != Loose.None || story.Fate.Steady || !dice.Happens(0.07, "no mail");
        return new(given, family, story.Clinic.Zone, story.Clinic.Language,
            $"{given}.{family}@client.example".ToLowerInvariant(), mail,
            story.Clinic == DemoNetwork.ElmStreet ? $"07700 900{number}" : $"(212) 555-0{number % 100 + 100}", dice.Happens(0.85, "calls"), dice.Happens(0.7, "times"));
    }
}
