using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IptCloud.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Billing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "billing_customers",
                schema: "directory",
                columns: table => new
                {
                    customer_id = table.Column<string>(type: "text", nullable: false),
                    network_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_billing_customers", x => x.customer_id);
                });

            migrationBuilder.CreateTable(
                name: "billing_events",
                schema: "directory",
                columns: table => new
                {
                    event_id = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    api_version = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<long>(type: "bigint", nullable: false),
                    visible_at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_billing_events", x => x.event_id);
                });

            migrationBuilder.CreateTable(
                name: "invoices",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    invoice_id = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    next_attempt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invoices", x => new { x.network_id, x.invoice_id });
                });

            migrationBuilder.CreateTable(
                name: "seat_checks",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    counted = table.Column<int>(type: "integer", nullable: false),
                    used = table.Column<int>(type: "integer", nullable: false),
                    granted = table.Column<int>(type: "integer", nullable: false),
                    billed = table.Column<int>(type: "integer", nullable: true),
                    drift = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seat_checks", x => new { x.network_id, x.at });
                });

            migrationBuilder.CreateTable(
                name: "seat_outbox",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    visible_at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    prorate_from = table.Column<long>(type: "bigint", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seat_outbox", x => new { x.network_id, x.order_id });
                });

            migrationBuilder.CreateTable(
                name: "seats",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kept = table.Column<int>(type: "integer", nullable: false),
                    ceiling = table.Column<int>(type: "integer", nullable: false),
                    granted = table.Column<int>(type: "integer", nullable: false),
                    used = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seats", x => x.network_id);
                    table.CheckConstraint("ck_seats_used", "used <= granted and granted <= ceiling and used >= 0");
                });

            migrationBuilder.CreateTable(
                name: "subscriptions",
                columns: table => new
                {
                    network_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    customer_id = table.Column<string>(type: "text", nullable: false),
                    subscription_id = table.Column<string>(type: "text", nullable: true),
                    item_id = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<int>(type: "integer", nullable: false),
                    billed = table.Column<int>(type: "integer", nullable: false),
                    unit_amount = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    period_start = table.Column<long>(type: "bigint", nullable: true),
                    period_end = table.Column<long>(type: "bigint", nullable: true),
                    trial_end = table.Column<long>(type: "bigint", nullable: true),
                    ends_at = table.Column<long>(type: "bigint", nullable: true),
                    past_due_since = table.Column<long>(type: "bigint", nullable: true),
                    card = table.Column<string>(type: "text", nullable: true),
                    refreshed_at = table.Column<long>(type: "bigint", nullable: false),
                    order_key = table.Column<Guid>(type: "uuid", nullable: true),
                    order_seats = table.Column<int>(type: "integer", nullable: false),
                    ordered_at = table.Column<long>(type: "bigint", nullable: true),
                    order_session = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_subscriptions", x => x.network_id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_billing_events_state_visible_at",
                schema: "directory",
                table: "billing_events",
                columns: new[] { "state", "visible_at" });

            migrationBuilder.CreateIndex(
                name: "IX_seat_outbox_state_visible_at",
                table: "seat_outbox",
                columns: new[] { "state", "visible_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "billing_customers",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "billing_events",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "invoices");

            migrationBuilder.DropTable(
                name: "seat_checks");

            migrationBuilder.DropTable(
                name: "seat_outbox");

            migrationBuilder.DropTable(
                name: "seats");

            migrationBuilder.DropTable(
                name: "subscriptions");
        }
    }
}
