using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TrialLetters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "facts",
                table: "staff_letters",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "trial_told_at",
                table: "networks",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "facts",
                table: "staff_letters");

            migrationBuilder.DropColumn(
                name: "trial_told_at",
                table: "networks");
        }
    }
}
