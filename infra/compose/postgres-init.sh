#!/bin/sh
# Run once by PostgreSQL's image, on an empty volume: every login of the passfile with its password, and the owner's database.
set -eu
while IFS=: read -r _ _ _ login password; do
    psql -q -v ON_ERROR_STOP=1 -U postgres -v login="$login" -v password="$password" <<'SQL'
create role :"login" login nosuperuser nobypassrls nocreatedb nocreaterole noinherit password :'password';
SQL
done </run/secrets/pgpass
# What belongs to whoever owns the database, it has by inheritance.
psql -q -v ON_ERROR_STOP=1 -U postgres -c 'alter role iptcloud_owner inherit' -c 'create database iptcloud owner iptcloud_owner'
