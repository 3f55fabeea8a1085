-- Sources of which nothing came, went or was read since their shots were settled.
create table shots_settled (
  tenant_id uuid not null,
  source_id uuid not null,
  primary key (tenant_id, source_id),
  foreign key (tenant_id, source_id) references source (tenant_id, id)
);
select tenant_table('shots_settled');
