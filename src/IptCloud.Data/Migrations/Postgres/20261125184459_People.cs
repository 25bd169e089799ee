using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "protocol_id",
                table: "networks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "trial_ends_at",
                table: "networks",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "removed_at",
                table: "members",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "suspended_at",
                table: "members",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "clinics",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "deputies",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deputy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    absent = table.Column<Guid>(type: "uuid", nullable: false),
                    deputy = table.Column<Guid>(type: "uuid", nullable: false),
                    from_at = table.Column<long>(type: "bigint", nullable: false),
                    until_at = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    named_by = table.Column<Guid>(type: "uuid", nullable: false),
                    named_at = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deputies", x => new { x.network_id, x.deputy_id });
                });

            migrationBuilder.CreateTable(
                name: "invites",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    invite_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    roles = table.Column<int>(type: "integer", nullable: false),
                    clinics = table.Column<string>(type: "text", nullable: false),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: false),
                    sent_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    accepted_at = table.Column<long>(type: "bigint", nullable: true),
                    revoked_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invites", x => new { x.network_id, x.invite_id });
                });

            migrationBuilder.CreateTable(
                name: "sign_ups",
                schema: "directory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    network_name = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_ups", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_deputies_network_id_deputy",
                table: "deputies",
                columns: new[] { "network_id", "deputy" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deputies");

            migrationBuilder.DropTable(
                name: "invites");

            migrationBuilder.DropTable(
                name: "sign_ups",
                schema: "directory");

            migrationBuilder.DropColumn(
                name: "protocol_id",
                table: "networks");

            migrationBuilder.DropColumn(
                name: "trial_ends_at",
                table: "networks");

            migrationBuilder.DropColumn(
                name: "removed_at",
                table: "members");

            migrationBuilder.DropColumn(
                name: "suspended_at",
                table: "members");

            migrationBuilder.DropColumn(
                name: "address",
                table: "clinics");
        }
    }
}
