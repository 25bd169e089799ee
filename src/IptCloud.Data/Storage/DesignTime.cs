using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace IptCloud.Data.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> build the SQLite model without a database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteIptCloudDb>
{
    public SqliteIptCloudDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteIptCloudDb>().UseSqlite("Data Source=design.db").Options, new());
}

/// <summary>Lets <c>dotnet ef migrations add</c> build the PostgreSQL model without a database.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresIptCloudDb>
{
    public PostgresIptCloudDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresIptCloudDb>().UseNpgsql("Host=localhost;Database=design").Options);
}
