-- Undoes V202512280400__004_create_tasks_table.sql. The tasks are gone with their table.

DROP TABLE tasks;
DROP TYPE taskstatus;
DROP TYPE tasktype;
