using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Keys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Text becomes bytes, and the tables that are rebuilt below leave no text behind in the file.
            migrationBuilder.Sql("pragma secure_delete=on");
            foreach (var table in new[] { "journal", "clients", "note_drafts" }) migrationBuilder.Sql($"update {table} set payload = cast(payload as blob)");

            migrationBuilder.AlterColumn<byte[]>(
                name: "payload",
                table: "note_drafts",
                type: "BLOB",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "TEXT");

            migrationBuilder.AddColumn<int>(
                name: "key_version",
                table: "note_drafts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "key_version",
                table: "networks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<byte[]>(
                name: "payload",
                table: "journal",
                type: "BLOB",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "TEXT");

            migrationBuilder.AlterColumn<byte[]>(
                name: "payload",
                table: "clients",
                type: "BLOB",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "TEXT");

            migrationBuilder.AddColumn<int>(
                name: "key_version",
                table: "clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "network_keys",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    wrapped = table.Column<byte[]>(type: "BLOB", nullable: true),
                    master_key = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_network_keys", x => new { x.network_id, x.version });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "network_keys");

            migrationBuilder.DropColumn(
                name: "key_version",
                table: "note_drafts");

            migrationBuilder.DropColumn(
                name: "key_version",
                table: "networks");

            migrationBuilder.DropColumn(
                name: "key_version",
                table: "clients");

            migrationBuilder.AlterColumn<string>(
                name: "payload",
                table: "note_drafts",
                type: "TEXT",
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "BLOB");

            migrationBuilder.AlterColumn<string>(
                name: "payload",
                table: "journal",
                type: "TEXT",
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "BLOB");

            migrationBuilder.AlterColumn<string>(
                name: "payload",
                table: "clients",
                type: "TEXT",
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "BLOB");
        }
    }
}
