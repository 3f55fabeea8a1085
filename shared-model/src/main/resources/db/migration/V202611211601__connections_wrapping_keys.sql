-- Which key wrapped a data key, and which version of it. What was sealed before was wrapped by the key file.
alter table connection add column wrapping_key text not null default 'file:';
update connection set wrapping_key = '' where length(wrapped_key) = 0;
alter table connection alter column wrapping_key drop default;

-- What a tenant's fingerprints of secrets are made with, sealed like a secret.
create table tenant_key (
  tenant_id    uuid  primary key,
  sealed_key   bytea not null,
  wrapped_key  bytea not null,
  wrapping_key text  not null
);
