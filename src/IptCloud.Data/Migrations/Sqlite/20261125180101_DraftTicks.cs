using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DraftTicks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "builds_on",
                table: "note_drafts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ticked",
                table: "note_drafts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            // Until now every revision was taken to be the one before it, changed.
            migrationBuilder.Sql("UPDATE note_drafts SET builds_on = revision - 1;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "builds_on",
                table: "note_drafts");

            migrationBuilder.DropColumn(
                name: "ticked",
                table: "note_drafts");
        }
    }
}
