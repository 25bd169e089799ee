-- The logins, which belong to the server and not to one database. Safe to repeat.

do $$
declare role text;
begin
  foreach role in array array['app', 'journal', 'worker', 'directory', 'rebuild', 'keys', 'reseal', 'audit', 'cluster', 'backup'] loop
    continue when exists (select from pg_roles where rolname = 'iptcloud_' || role); -- an owner who may make none finds them made
    begin
      execute format('create role iptcloud_%s login nosuperuser nobypassrls nocreatedb nocreaterole noinherit', role);
    exception when duplicate_object or unique_violation then null; -- made for another database at this moment
    end;
  end loop;
end $$;
