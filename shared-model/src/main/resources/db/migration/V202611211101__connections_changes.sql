-- What a SAS token says without its signature, and the time a connection was deleted: its row stays for the history
-- of scans and sources, without the secret and the key that opened it.
alter table connection add column sas text;
alter table connection add column deleted_at timestamptz;

-- A name is free again once its connection is deleted.
alter table connection drop constraint connection_name_unique;
create unique index connection_name_unique on connection (tenant_id, name_key) where deleted_at is null;
create index connection_expires on connection (expires_at) where deleted_at is null;
