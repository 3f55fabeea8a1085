-- A calendar's address follows its user: what that one may see is asked at each call, not kept from when it was made.
-- Addresses of those who are no users have nobody to follow.
drop function calendar_feed_of(bytea);
delete from calendar_feed f
  where not exists (select from users u where u.tenant_id = f.tenant_id and u.id::text = f.subject);
alter table calendar_feed drop column role;
alter table calendar_feed alter column subject type uuid using subject::uuid;
alter table calendar_feed rename column subject to user_id;

create function calendar_feed_of(hash bytea)
  returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = dorsal, pg_temp as
  $$ select f.tenant_id, f.user_id from calendar_feed f where f.token_hash = hash $$;
revoke execute on function calendar_feed_of(bytea) from public;
grant execute on function calendar_feed_of(bytea) to dorsal_app;
