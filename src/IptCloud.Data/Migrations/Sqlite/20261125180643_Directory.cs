using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Directory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_task_links",
                table: "task_links");

            migrationBuilder.DropIndex(
                name: "IX_members_user_id",
                table: "members");

            migrationBuilder.AddPrimaryKey(
                name: "PK_task_links",
                table: "task_links",
                columns: new[] { "network_id", "token_hash" });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    network_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    member_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => new { x.user_id, x.network_id });
                });

            migrationBuilder.CreateTable(
                name: "tokens",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "TEXT", nullable: false),
                    network_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tokens", x => x.token_hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_members_network_id_user_id",
                table: "members",
                columns: new[] { "network_id", "user_id" },
                unique: true);

            // What stands in the networks already must be found without them from now on.
            migrationBuilder.Sql("insert into memberships(user_id, network_id, member_id) select user_id, network_id, member_id from members");
            migrationBuilder.Sql("insert into tokens(token_hash, network_id) select token_hash, network_id from task_links");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropTable(
                name: "tokens");

            migrationBuilder.DropPrimaryKey(
                name: "PK_task_links",
                table: "task_links");

            migrationBuilder.DropIndex(
                name: "IX_members_network_id_user_id",
                table: "members");

            migrationBuilder.AddPrimaryKey(
                name: "PK_task_links",
                table: "task_links",
                column: "token_hash");

            migrationBuilder.CreateIndex(
                name: "IX_members_user_id",
                table: "members",
                column: "user_id");
        }
    }
}
