using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TrialLetters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "facts",
                schema: "directory",
                table: "staff_letters",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "trial_told_at",
                table: "networks",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "facts",
                schema: "directory",
                table: "staff_letters");

            migrationBuilder.DropColumn(
                name: "trial_told_at",
                table: "networks");
        }
    }
}
