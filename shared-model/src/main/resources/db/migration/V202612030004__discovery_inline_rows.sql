-- Half of the rows are a little over 2 KB, and compressing them or moving their parts to a second
-- table took as long as everything else about them (decision 0028, finding 9).
alter table file_inspection set (toast_tuple_target = 8160);
