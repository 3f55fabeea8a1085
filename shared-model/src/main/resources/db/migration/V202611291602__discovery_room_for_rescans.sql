-- Each rescan updates every file it lists again and no index of it. With room on its page a row's next version needs no index
-- entries: half the time and a third of the pages per listing. After one rescan the table had that size anyway.
alter table found_file set (fillfactor = 50);
