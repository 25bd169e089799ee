using IptCloud.Data.Journal;
using IptCloud.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Grains.Tests.Journal;

/// <summary>The tables that an append writes are those of the EF model: the same names, the same columns, the same keys.</summary>
public sealed class TablesTests
{
    [Fact]
    public void Every_table_of_an_append_is_in_the_model_with_the_same_key()
    {
        using var db = new SqliteIptCloudDb(SqliteIptCloudDb.OptionsFor("Data Source=:memory:"), new());
        foreach (var table in Tables.All)
        {
            var entity = Assert.Single(db.Model.GetEntityTypes(), e => e.GetTableName() == table.Name);
            var columns = entity.GetProperties().Select(p => p.GetColumnName()).ToHashSet();
            Assert.All(table.Columns, c => Assert.Contains(c.Name, columns));
            Assert.Equal(entity.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()), table.Key.Select(c => c.Name));
            if (Tables.Derived.Contains(table)) Assert.Equal(columns.Order(), table.Columns.Select(c => c.Name).Order());
        }
    }
}
