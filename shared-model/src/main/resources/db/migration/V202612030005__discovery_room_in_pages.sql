-- Each scan writes the rows of all files that are still there. With room for the new version in the
-- page of the old one no index is touched (decision 0028, finding 10).
alter table found_file set (fillfactor = 50);
