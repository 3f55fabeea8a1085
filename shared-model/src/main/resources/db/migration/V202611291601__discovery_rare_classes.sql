-- The tree by class: what is no image is rare, and may lie behind a hundred thousand images of its folder.
create index found_file_folder_rare on found_file
  (source_id, hashtextextended(folder, 0), class, left(substr(path, length(folder) + 1), 500))
  where class <> 'IMAGE';
