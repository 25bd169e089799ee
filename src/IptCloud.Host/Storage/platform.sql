-- What Orleans and Hangfire keep, each in a schema and by a login of its own. Safe to run again.
create schema if not exists orleans;
set search_path = orleans;
drop table if exists public.orleansstorage, public.orleansquery; -- a cache, where it lay before

-- What Microsoft.Orleans.Persistence.AdoNet asks of a PostgreSQL database: a table of states, and the statements it looks
-- up by name. The contract is the query keys, the parameter names and the result columns; each statement is its own
-- transaction.
create table if not exists OrleansQuery(QueryKey text primary key, QueryText text not null);

create table if not exists OrleansStorage(
  GrainIdHash int not null,
  GrainIdN0 bigint not null,
  GrainIdN1 bigint not null,
  GrainTypeHash int not null,
  GrainTypeString text not null,
  GrainIdExtensionString text not null default '',
  ServiceId text not null,
  PayloadBinary bytea,
  ModifiedOn timestamptz not null,
  Version int not null,
  primary key (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString));

delete from OrleansStorage where GrainTypeString = 'course'; -- snapshots from before they were sealed; a cache

insert into OrleansQuery(QueryKey, QueryText) values
('ReadFromStorageKey', $q$
  select PayloadBinary, now() at time zone 'utc', Version
  from OrleansStorage
  where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString
    and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
    and GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '')
$q$),
-- No version means the first write; a writer that comes second finds the row and gets no new version, which is a conflict.
('WriteToStorageKey', $q$
  with changed as (
    update OrleansStorage set PayloadBinary = @PayloadBinary, ModifiedOn = now(), Version = Version + 1
    where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString
      and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
      and GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '')
      and Version = @GrainStateVersion::int
    returning Version),
  added as (
    insert into OrleansStorage(GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, Version)
    select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString::text, ''), @ServiceId, @PayloadBinary, now(), 1
    where @GrainStateVersion::int is null
    on conflict do nothing
    returning Version)
  select coalesce((select Version from changed), (select Version from added), @GrainStateVersion::int) as NewGrainStateVersion
$q$),
('ClearStorageKey', $q$
  update OrleansStorage set PayloadBinary = null, ModifiedOn = now(), Version = Version + 1
  where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString
    and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
    and GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '')
    and Version = @GrainStateVersion::int
  returning Version as NewGrainStateVersion
$q$),
('DeleteStorageKey', $q$
  delete from OrleansStorage
  where ServiceId = @ServiceId and GrainTypeString = @GrainTypeString
    and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1
    and GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '')
    and Version = @GrainStateVersion::int
  returning Version + 1 as NewGrainStateVersion
$q$)
on conflict (QueryKey) do update set QueryText = excluded.QueryText;

reset search_path;
grant usage on schema orleans to iptcloud_cluster;
grant select on orleans.orleansquery to iptcloud_cluster;
grant select, insert, update, delete on orleans.orleansstorage to iptcloud_cluster;
grant usage on schema hangfire to iptcloud_worker;
grant select, insert, update, delete on all tables in schema hangfire to iptcloud_worker;
grant usage, select on all sequences in schema hangfire to iptcloud_worker;
