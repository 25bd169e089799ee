-- Who may do what in this database. Run by the owner after every migration, in one transaction; safe to repeat.
-- Without a line here a login may do nothing; a table with a network_id gets its policies by having one.

do $$
declare role text;
begin
  foreach role in array array['app', 'journal', 'worker', 'directory', 'rebuild', 'keys', 'reseal', 'audit', 'cluster', 'backup'] loop
    execute format('revoke all on all tables in schema public, directory from iptcloud_%s', role);
  end loop;
end $$;

revoke create on schema public from public;
grant usage on schema public to iptcloud_app, iptcloud_journal, iptcloud_worker, iptcloud_directory, iptcloud_rebuild, iptcloud_keys, iptcloud_reseal, iptcloud_audit, iptcloud_backup;
grant usage on schema directory to iptcloud_app, iptcloud_directory, iptcloud_backup;

-- Rows: the app sees the network that its connection names, and none if it names none. The other logins work across
-- networks; what they may touch there is granted table by table below. The owner has no policy: it sees no row.
do $$
declare t regclass;
begin
  for t in
    select c.oid::regclass from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'network_id' and not a.attisdropped
    where n.nspname in ('public', 'directory') and c.relkind in ('r', 'p')
  loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('drop policy if exists own_network on %s', t);
    execute format($p$create policy own_network on %s to iptcloud_app
      using (network_id = nullif(current_setting('app.network', true), '')::uuid)
      with check (network_id = nullif(current_setting('app.network', true), '')::uuid)$p$, t);
    execute format('drop policy if exists all_networks on %s', t);
    execute format('create policy all_networks on %s to iptcloud_journal, iptcloud_worker, iptcloud_directory, iptcloud_rebuild, iptcloud_keys, iptcloud_reseal, iptcloud_audit using (true) with check (true)', t);
    execute format('drop policy if exists whole_backup on %s', t);
    execute format('create policy whole_backup on %s for select to iptcloud_backup using (true)', t);
  end loop;
end $$;

-- app: records of its network. The journal and what is derived from it are read here and written by the journal's login.
grant select on journal, course_cards, open_courses, appointments, therapist_slots, scores, alerts, inbox, due_work, message_intents, network_keys to iptcloud_app;
grant select, insert, update on networks, clinics, members, clients, task_links, invites, deputies to iptcloud_app;
grant select, insert, update on seats, subscriptions, seat_outbox, invoices to iptcloud_app;
grant select, insert on seat_checks to iptcloud_app;
grant insert on directory.billing_customers to iptcloud_app;
grant select, insert, delete on member_clinics to iptcloud_app;
grant select, insert on note_drafts to iptcloud_app;              -- every revision stays
grant select, insert, update on message_outbox to iptcloud_app;
grant select, insert, delete on directory.memberships to iptcloud_app;
grant insert on directory.tokens to iptcloud_app;
grant insert on directory.staff_letters to iptcloud_app;             -- of its network; who reads them is the directory's

-- journal: appends for all networks. It cannot read the journal, nor any record; of what is derived (ids, times, codes,
-- totals) it must be able to read what it replaces, or PostgreSQL refuses "on conflict do update".
grant insert on journal to iptcloud_journal;
grant select, insert, update, delete on course_cards, open_courses, appointments, therapist_slots, scores, alerts, inbox, due_work, message_intents
  to iptcloud_journal, iptcloud_rebuild;
grant insert, update (state, detail), select (network_id, message_id, course_id, recipient, state) on message_outbox to iptcloud_journal;

-- worker: claims what is due, of all networks: ids and times.
grant select, update (visible_at, attempt) on due_work to iptcloud_worker;
grant select, update (visible_at, state, settled_at, detail) on message_outbox to iptcloud_worker;
grant select (network_id, is_demo, trial_ends_at, trial_told_at) on networks to iptcloud_worker;
-- ... and counts what nobody has acknowledged: when it was raised, not whose it is.
grant select (network_id, raised_at, acknowledged_at, closed_at) on alerts to iptcloud_worker;
grant select (network_id, order_id, state, at, visible_at), update (visible_at) on seat_outbox to iptcloud_worker;
-- ... and shows the platform's operators how networks stand with their bills: numbers and dates.
grant select (network_id, status, billed, period_end, past_due_since, refreshed_at) on subscriptions to iptcloud_worker;
grant select (network_id, granted, used) on seats to iptcloud_worker;
grant select (network_id, at, drift) on seat_checks to iptcloud_worker;

-- directory: what must be found before a network is known.
grant select, insert, update, delete on all tables in schema directory to iptcloud_directory;
grant usage on all sequences in schema directory to iptcloud_directory;
grant select on "__EFMigrationsHistory" to iptcloud_directory;        -- a host asks whether the schema is the one it was built for

-- rebuild: replays the journals of all networks into the derived tables.
grant select on journal to iptcloud_rebuild;

-- keys: makes, rewraps and deletes wrapped data keys, of all networks. It sees nothing that they open.
grant select, insert, update, delete on network_keys to iptcloud_keys;
grant select (network_id) on networks to iptcloud_keys;

-- reseal: replaces what is sealed by the same sealed with a newer key, of all networks. The keys themselves it reads as app.
grant select (network_id, link_key, key_version), update (link_key, key_version) on networks to iptcloud_reseal;
grant select (network_id, client_id, payload, key_version), update (payload, key_version) on clients to iptcloud_reseal;
grant select (network_id, session_id, revision, payload, key_version), update (payload, key_version) on note_drafts to iptcloud_reseal;
grant select (network_id, stream_kind, stream_id, seq, payload, key_version), update (payload, key_version) on journal to iptcloud_reseal;

-- audit: adds to the audit of all networks and reads it, to seal and to check it. Nobody has update or delete, and a
-- trigger refuses them to those whom no grant binds. The app reads the entries of its network.
grant select, insert on audit_entries, audit_entry_clients, audit_chain to iptcloud_audit;
grant select on audit_entries, audit_entry_clients to iptcloud_app;

-- backup: reads all there is, sealed as it lies, and changes nothing. Not by passing row-level security by, which only a
-- superuser could give and which would hold for tables to come: by a policy, and a backup refuses to begin without it.
grant select on all tables in schema public, directory to iptcloud_backup;
grant select on all sequences in schema public, directory to iptcloud_backup;

create or replace function refuse_change() returns trigger language plpgsql as $f$
begin
  raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
end $f$;

do $$
declare t text;
begin
  foreach t in array array['audit_entries', 'audit_entry_clients', 'audit_chain'] loop
    execute format('drop trigger if exists append_only on %I', t);
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
