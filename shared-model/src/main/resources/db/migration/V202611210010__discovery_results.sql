-- Reading results: the tree and the lists page by key, at any size of the archive.

-- The files of one folder in the order of their names. Of names too long for an index their
-- beginnings; whoever asks compares the whole.
create index found_file_folder_name on found_file
  (source_id, hashtextextended(folder, 0), left(substr(path, length(folder) + 1), 500));

-- The folders of one folder in the order of their names, likewise.
create index scan_folder_parent_name on scan_folder
  (scan_id, hashtextextended(parent, 0), left(name, 500));

-- The few files that a person has to look at.
create index file_inspection_odd on file_inspection (source_id, file_id)
  where code is not null or notes <> '{}';
create index found_file_gone on found_file (source_id, id) where state = 'MISSING';
