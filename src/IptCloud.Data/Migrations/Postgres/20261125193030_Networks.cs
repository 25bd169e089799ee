using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Networks : Migration
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

            migrationBuilder.Sql("alter table journal alter column payload type bytea using convert_to(payload, 'UTF8')");

            migrationBuilder.AlterColumn<string>(
                name: "phone_number",
                schema: "directory",
                table: "identity_users",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "name",
                schema: "directory",
                table: "identity_user_tokens",
                type: "character varying(128)",
                maxLength: 128,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AlterColumn<string>(
                name: "login_provider",
                schema: "directory",
                table: "identity_user_tokens",
                type: "character varying(128)",
                maxLength: 128,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AlterColumn<string>(
                name: "provider_key",
                schema: "directory",
                table: "identity_user_logins",
                type: "character varying(128)",
                maxLength: 128,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AlterColumn<string>(
                name: "login_provider",
                schema: "directory",
                table: "identity_user_logins",
                type: "character varying(128)",
                maxLength: 128,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "clinics",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("alter table clients alter column payload type bytea using convert_to(payload, 'UTF8')");

            migrationBuilder.AddColumn<int>(
                name: "key_version",
                table: "clients",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "audit_chain",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    previous = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_chain", x => new { x.network_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    actor_kind = table.Column<string>(type: "text", nullable: true),
                    member_id = table.Column<Guid>(type: "uuid", nullable: true),
                    on_behalf_of = table.Column<Guid>(type: "uuid", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    action = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    course_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<string>(type: "text", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entries", x => new { x.network_id, x.entry_id });
                });

            migrationBuilder.CreateTable(
                name: "audit_entry_clients",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entry_clients", x => new { x.network_id, x.client_id, x.entry_id });
                });

            migrationBuilder.CreateTable(
                name: "authenticators",
                schema: "directory",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    last_step = table.Column<long>(type: "bigint", nullable: false),
                    added_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_authenticators", x => x.user_id);
                });

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
                name: "identity_user_passkeys",
                schema: "directory",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_user_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "FK_identity_user_passkeys_identity_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "directory",
                        principalTable: "identity_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                schema: "directory",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "text", nullable: false),
                    used_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recovery_codes", x => new { x.user_id, x.code_hash });
                });

            migrationBuilder.CreateTable(
                name: "server_keys",
                schema: "directory",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_server_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "sign_ins",
                schema: "directory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    network_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    last_seen_at = table.Column<long>(type: "bigint", nullable: false),
                    browser = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_ins", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "staff_letters",
                schema: "directory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    template = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    network_id = table.Column<Guid>(type: "uuid", nullable: true),
                    queued_at = table.Column<long>(type: "bigint", nullable: false),
                    visible_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: true),
                    token_hash = table.Column<string>(type: "text", nullable: true),
                    spent_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_staff_letters", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_chain_entry_id",
                table: "audit_chain",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "IX_audit_chain_network_id_entry_id",
                table: "audit_chain",
                columns: new[] { "network_id", "entry_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_entry_id",
                table: "audit_entries",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_network_id_member_id_entry_id",
                table: "audit_entries",
                columns: new[] { "network_id", "member_id", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_clients_network_id_entry_id",
                table: "audit_entry_clients",
                columns: new[] { "network_id", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deputies_network_id_deputy",
                table: "deputies",
                columns: new[] { "network_id", "deputy" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_user_passkeys_user_id",
                schema: "directory",
                table: "identity_user_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_sign_ins_user_id_ended_at",
                schema: "directory",
                table: "sign_ins",
                columns: new[] { "user_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "IX_staff_letters_purpose_subject",
                schema: "directory",
                table: "staff_letters",
                columns: new[] { "purpose", "subject" });

            migrationBuilder.CreateIndex(
                name: "IX_staff_letters_state_visible_at",
                schema: "directory",
                table: "staff_letters",
                columns: new[] { "state", "visible_at" });

            migrationBuilder.CreateIndex(
                name: "IX_staff_letters_token_hash",
                schema: "directory",
                table: "staff_letters",
                column: "token_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_chain");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "audit_entry_clients");

            migrationBuilder.DropTable(
                name: "authenticators",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "deputies");

            migrationBuilder.DropTable(
                name: "identity_user_passkeys",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "invites");

            migrationBuilder.DropTable(
                name: "network_keys");

            migrationBuilder.DropTable(
                name: "recovery_codes",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "server_keys",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "sign_ins",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "sign_ups",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "staff_letters",
                schema: "directory");

            migrationBuilder.DropColumn(
                name: "key_version",
                table: "note_drafts");

            migrationBuilder.DropColumn(
                name: "key_version",
                table: "networks");

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

            migrationBuilder.DropColumn(
                name: "key_version",
                table: "clients");

            migrationBuilder.Sql("alter table note_drafts alter column payload type text using convert_from(payload, 'UTF8')");

            migrationBuilder.Sql("alter table journal alter column payload type text using convert_from(payload, 'UTF8')");

            migrationBuilder.AlterColumn<string>(
                name: "phone_number",
                schema: "directory",
                table: "identity_users",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(256)",
                oldMaxLength: 256,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "name",
                schema: "directory",
                table: "identity_user_tokens",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(128)",
                oldMaxLength: 128);

            migrationBuilder.AlterColumn<string>(
                name: "login_provider",
                schema: "directory",
                table: "identity_user_tokens",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(128)",
                oldMaxLength: 128);

            migrationBuilder.AlterColumn<string>(
                name: "provider_key",
                schema: "directory",
                table: "identity_user_logins",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(128)",
                oldMaxLength: 128);

            migrationBuilder.AlterColumn<string>(
                name: "login_provider",
                schema: "directory",
                table: "identity_user_logins",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(128)",
                oldMaxLength: 128);

            migrationBuilder.Sql("alter table clients alter column payload type text using convert_from(payload, 'UTF8')");
        }
    }
}
