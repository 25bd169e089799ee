using Microsoft.EntityFrameworkCore.Design;

namespace IptCloud.Data.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> build the SQLite model without a database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteIptCloudDb>
{
    public SqliteIptCloudDb CreateDbContext(string[] args) => new(SqliteIptCloudDb.OptionsFor("Data Source=design.db"), new());
}

/// <summary>Lets <c>dotnet ef migrations add</c> build the PostgreSQL model without a database.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresIptCloudDb>
{
    public PostgresIptCloudDb CreateDbContext(string[] args) => new(PostgresIptCloudDb.OptionsFor(Npgsql.NpgsqlDataSource.Create("Host=localhost;Database=design")));
}
