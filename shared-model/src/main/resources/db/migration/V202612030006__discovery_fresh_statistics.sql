-- A worker brings statistics up to date where a listing found many files (decision 0028, finding 11).
grant maintain on found_file, scan_item to dorsal_app;
