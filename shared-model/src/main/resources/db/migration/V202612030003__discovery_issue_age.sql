-- The reasons of unreadable files, oldest first: they are forgotten after 90 days.
create index file_inspection_issue_age on file_inspection (inspected_at) where code is not null;
