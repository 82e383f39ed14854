-- Undoes V202512280200__002_create_courses_table.sql. The courses are gone with their table.

DROP TABLE courses;
DROP TYPE coursestatus;
