using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Postgres
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

            migrationBuilder.EnsureSchema(
                name: "directory");

            migrationBuilder.RenameTable(
                name: "identity_users",
                newName: "identity_users",
                newSchema: "directory");

            migrationBuilder.RenameTable(
                name: "identity_user_tokens",
                newName: "identity_user_tokens",
                newSchema: "directory");

            migrationBuilder.RenameTable(
                name: "identity_user_roles",
                newName: "identity_user_roles",
                newSchema: "directory");

            migrationBuilder.RenameTable(
                name: "identity_user_logins",
                newName: "identity_user_logins",
                newSchema: "directory");

            migrationBuilder.RenameTable(
                name: "identity_user_claims",
                newName: "identity_user_claims",
                newSchema: "directory");

            migrationBuilder.RenameTable(
                name: "identity_roles",
                newName: "identity_roles",
                newSchema: "directory");

            migrationBuilder.RenameTable(
                name: "identity_role_claims",
                newName: "identity_role_claims",
                newSchema: "directory");

            migrationBuilder.RenameTable(
                name: "identity_data_protection_keys",
                newName: "identity_data_protection_keys",
                newSchema: "directory");

            migrationBuilder.AddPrimaryKey(
                name: "PK_task_links",
                table: "task_links",
                columns: new[] { "network_id", "token_hash" });

            migrationBuilder.CreateTable(
                name: "memberships",
                schema: "directory",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => new { x.user_id, x.network_id });
                });

            migrationBuilder.CreateTable(
                name: "tokens",
                schema: "directory",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "text", nullable: false),
                    network_id = table.Column<Guid>(type: "uuid", nullable: false)
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
            migrationBuilder.Sql("insert into directory.memberships(user_id, network_id, member_id) select user_id, network_id, member_id from members");
            migrationBuilder.Sql("insert into directory.tokens(token_hash, network_id) select token_hash, network_id from task_links");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "memberships",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "tokens",
                schema: "directory");

            migrationBuilder.DropPrimaryKey(
                name: "PK_task_links",
                table: "task_links");

            migrationBuilder.DropIndex(
                name: "IX_members_network_id_user_id",
                table: "members");

            migrationBuilder.RenameTable(
                name: "identity_users",
                schema: "directory",
                newName: "identity_users");

            migrationBuilder.RenameTable(
                name: "identity_user_tokens",
                schema: "directory",
                newName: "identity_user_tokens");

            migrationBuilder.RenameTable(
                name: "identity_user_roles",
                schema: "directory",
                newName: "identity_user_roles");

            migrationBuilder.RenameTable(
                name: "identity_user_logins",
                schema: "directory",
                newName: "identity_user_logins");

            migrationBuilder.RenameTable(
                name: "identity_user_claims",
                schema: "directory",
                newName: "identity_user_claims");

            migrationBuilder.RenameTable(
                name: "identity_roles",
                schema: "directory",
                newName: "identity_roles");

            migrationBuilder.RenameTable(
                name: "identity_role_claims",
                schema: "directory",
                newName: "identity_role_claims");

            migrationBuilder.RenameTable(
                name: "identity_data_protection_keys",
                schema: "directory",
                newName: "identity_data_protection_keys");

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
