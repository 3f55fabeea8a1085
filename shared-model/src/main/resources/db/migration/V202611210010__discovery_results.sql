-- Reading results: the tree and the lists page by key, at any size of the archive.

-- The files of one folder in the order of their names. Folder and name together are never longer
-- than the path, so no name that fits the path's own index fails here.
create index found_file_folder_name
  on found_file (source_id, folder, substr(path, length(folder) + 1));
drop index found_file_folder;

-- The folders of one folder in the order of their names, likewise.
create index scan_folder_parent_name on scan_folder (scan_id, parent, (name collate "C"));
drop index scan_folder_parent;

-- The few files that a person has to look at.
create index file_inspection_odd on file_inspection (source_id, file_id)
  where code is not null or notes <> '{}';
create index found_file_gone on found_file (source_id, id) where state = 'MISSING';
