-- Undoes V202512280300__003_create_goals_table.sql. The goals are gone with their table.

DROP TABLE goals;
DROP TYPE goalpriority;
DROP TYPE goalstatus;
