using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Telemetry : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "message_outbox",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "trace",
                table: "due_work",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_alerts_unacknowledged",
                table: "alerts",
                column: "raised_at",
                filter: "closed_at IS NULL AND acknowledged_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_alerts_unacknowledged",
                table: "alerts");

            migrationBuilder.DropColumn(
                name: "trace",
                table: "message_outbox");

            migrationBuilder.DropColumn(
                name: "trace",
                table: "due_work");
        }
    }
}
