-- A notice on its way to one person by mail. What it says is the notice, where it goes is what stands of the user when
-- it is sent.
create table mail (
  tenant_id    uuid        not null,
  id           uuid        not null default uuidv7(),
  notice_id    uuid        not null,
  user_id      uuid        not null,
  state        text        not null default 'WAITING' check (state in ('WAITING', 'SENT', 'CANCELED', 'GIVEN_UP')),
  attempts     integer     not null default 0,
  created_at   timestamptz not null,
  next_at      timestamptz,
  last_at      timestamptz,
  last_error   text,
  ended_at     timestamptz,
  -- Until then one process alone sends it.
  leased_until timestamptz,
  primary key (tenant_id, id),
  constraint mail_once unique (tenant_id, notice_id, user_id),
  foreign key (tenant_id, notice_id) references notice (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
select tenant_table('mail');
create index mail_user on mail (tenant_id, user_id);
create index mail_waiting on mail (next_at) where state = 'WAITING';
create index mail_ended on mail (ended_at) where ended_at is not null;
