using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Grains.Tests.Keys;

/// <summary>A table that says which key it is sealed with is sealed anew after a rotation; one that is forgotten would lose its text when old keys are dropped.</summary>
public sealed class SealedTableTests
{
    [Fact]
    public void Every_table_with_a_key_version_is_known_to_the_run_that_seals_anew()
    {
        using var db = new SqliteIptCloudDb(SqliteIptCloudDb.OptionsFor("Data Source=:memory:"), new());
        var entities = db.Model.GetEntityTypes().Where(e => e.GetProperties().Any(p => p.GetColumnName() == "key_version")).ToList();
        Assert.Equal(entities.Select(e => e.GetTableName()).Order(), SealedTable.All.Select(t => t.Name).Order());
        foreach (var table in SealedTable.All)
        {
            var entity = entities.Single(e => e.GetTableName() == table.Name);
            Assert.Equal(["network_id", .. table.Key], entity.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()));
            Assert.Equal(typeof(byte[]), entity.GetProperties().Single(p => p.GetColumnName() == table.Column).ClrType);
        }
    }
}
