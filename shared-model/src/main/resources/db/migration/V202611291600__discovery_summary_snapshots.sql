-- Numbers of a scan whose files are many are counted by a worker, also before they are final.
alter table scan_summary add final boolean not null default true;
