-- Whether a picture may have partners is asked of every picture, and seldom so.
create index found_file_partner on found_file (source_id, stem_hash)
  where class in ('RAW', 'SIDECAR');
drop index found_file_shot;
