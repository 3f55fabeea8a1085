-- The last reports of each connection; a connection that is deleted keeps them.
create table doctor_report (
  id                  uuid primary key,
  tenant_id           uuid        not null,
  connection_id       uuid        not null,
  at                  timestamptz not null,
  duration_ms         bigint      not null,
  secret_version      integer     not null,
  status              text        not null,
  can_list            text        not null,
  can_list_containers text        not null,
  can_read            text        not null,
  can_copy            text        not null,
  expires_at          timestamptz,
  steps               jsonb       not null,
  findings            jsonb       not null
);
create index doctor_report_connection on doctor_report (connection_id, at desc, id desc);
