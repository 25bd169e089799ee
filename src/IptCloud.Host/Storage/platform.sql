-- What Orleans and Hangfire keep, each in a schema and by a login of its own. Safe to run again.
create schema if not exists orleans;
set search_path = orleans;
drop table if exists public.orleansstorage, public.orleansquery; -- a cache, where it lay before

-- Both AdoNet packages look statements up by name in one table. The contract is the query keys, the parameter names and
-- the result columns; each statement is its own transaction.
create table if not exists OrleansQuery(QueryKey text primary key, QueryText text not null);

-- What Microsoft.Orleans.Clustering.AdoNet asks of a PostgreSQL database: the silos of a cluster, and a version that every
-- change of the list must have seen last. A heartbeat alone changes no version. Statuses are Orleans': 3 active, 6 dead.
create table if not exists OrleansMembershipVersionTable(
  DeploymentId text primary key,
  Timestamp timestamptz not null default now(),
  Version int not null default 0);

create table if not exists OrleansMembershipTable(
  DeploymentId text not null references OrleansMembershipVersionTable(DeploymentId),
  Address text not null,
  Port int not null,
  Generation int not null,
  SiloName text not null,
  HostName text not null,
  Status int not null,
  ProxyPort int,
  SuspectTimes text,
  StartTime timestamptz not null,
  IAmAliveTime timestamptz not null,
  primary key (DeploymentId, Address, Port, Generation));

insert into OrleansQuery(QueryKey, QueryText) values
('InsertMembershipVersionKey', $q$
  with added as (
    insert into OrleansMembershipVersionTable(DeploymentId) values (@DeploymentId)
    on conflict do nothing
    returning 1)
  select count(*)::int from added
$q$),
('InsertMembershipKey', $q$
  with seen as (
    select 1 from OrleansMembershipVersionTable
    where DeploymentId = @DeploymentId and Version = @Version
    for update),
  added as (
    insert into OrleansMembershipTable(DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from seen
    on conflict do nothing
    returning 1),
  counted as (
    update OrleansMembershipVersionTable set Version = Version + 1, Timestamp = now()
    where DeploymentId = @DeploymentId and Version = @Version and exists (select from added)
    returning 1)
  select count(*)::int from counted
$q$),
('UpdateMembershipKey', $q$
  with counted as (
    update OrleansMembershipVersionTable set Version = Version + 1, Timestamp = now()
    where DeploymentId = @DeploymentId and Version = @Version
      and exists (select from OrleansMembershipTable m where m.DeploymentId = @DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation)
    returning 1),
  changed as (
    update OrleansMembershipTable set Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = greatest(IAmAliveTime, @IAmAliveTime)
    where DeploymentId = @DeploymentId and Address = @Address and Port = @Port and Generation = @Generation and exists (select from counted)
    returning 1)
  select count(*)::int from changed
$q$),
('UpdateIAmAlivetimeKey', $q$
  update OrleansMembershipTable set IAmAliveTime = @IAmAliveTime
  where DeploymentId = @DeploymentId and Address = @Address and Port = @Port and Generation = @Generation
$q$),
-- A cluster without silos still has a version, in a row with no silo.
('MembershipReadAllKey', $q$
  select v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
  from OrleansMembershipVersionTable v
  left join OrleansMembershipTable m on m.DeploymentId = v.DeploymentId
  where v.DeploymentId = @DeploymentId
$q$),
('MembershipReadRowKey', $q$
  select v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
  from OrleansMembershipVersionTable v
  left join OrleansMembershipTable m on m.DeploymentId = v.DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
  where v.DeploymentId = @DeploymentId
$q$),
('GatewaysQueryKey', $q$
  select Address, ProxyPort, Generation from OrleansMembershipTable
  where DeploymentId = @DeploymentId and Status = @Status and ProxyPort > 0
$q$),
('CleanupDefunctSiloEntriesKey', $q$
  delete from OrleansMembershipTable
  where DeploymentId = @DeploymentId and Status = 6 and IAmAliveTime < @IAmAliveTime and StartTime < @IAmAliveTime
$q$),
('DeleteMembershipTableEntriesKey', $q$
  with emptied as (delete from OrleansMembershipTable where DeploymentId = @DeploymentId returning 1)
  select count(*)::int from emptied
$q$)
on conflict (QueryKey) do update set QueryText = excluded.QueryText;

-- What Microsoft.Orleans.Persistence.AdoNet asks: a table of states.
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
grant select, insert, update, delete on orleans.orleansstorage, orleans.orleansmembershiptable, orleans.orleansmembershipversiontable to iptcloud_cluster;
grant usage on schema hangfire to iptcloud_worker;
grant select, insert, update, delete on all tables in schema hangfire to iptcloud_worker;
grant usage, select on all sequences in schema hangfire to iptcloud_worker;
