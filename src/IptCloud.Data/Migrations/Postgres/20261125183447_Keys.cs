using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Keys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table note_drafts alter column payload type bytea using convert_to(payload, 'UTF8')");

            migrationBuilder.AddColumn<int>(
                name: "key_version",
                table: "note_drafts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "key_version",
                table: "networks",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql("alter table journal alter column payload type bytea using convert_to(payload, 'UTF8')");

            migrationBuilder.Sql("alter table clients alter column payload type bytea using convert_to(payload, 'UTF8')");

            migrationBuilder.AddColumn<int>(
                name: "key_version",
                table: "clients",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "network_keys",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    wrapped = table.Column<byte[]>(type: "bytea", nullable: true),
                    master_key = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
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

            migrationBuilder.Sql("alter table note_drafts alter column payload type text using convert_from(payload, 'UTF8')"); // fails on what is sealed

            migrationBuilder.Sql("alter table journal alter column payload type text using convert_from(payload, 'UTF8')"); // fails on what is sealed

            migrationBuilder.Sql("alter table clients alter column payload type text using convert_from(payload, 'UTF8')"); // fails on what is sealed
        }
    }
}
