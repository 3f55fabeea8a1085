-- Bytes by class below a folder. Scans listed before this did not keep them.
alter table scan_folder add class_sizes jsonb;
