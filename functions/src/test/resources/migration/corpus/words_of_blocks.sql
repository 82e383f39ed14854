-- Words that open a block in a routine, and nowhere else.
CREATE TABLE begin_and_end ("begin" int, "end" int, "case" text);
INSERT INTO begin_and_end SELECT CASE WHEN true THEN 1 END, 2, 'case';
CREATE VIEW view_of_case AS SELECT CASE "begin" WHEN 1 THEN 'one' END AS function FROM begin_and_end;
DO $$ BEGIN PERFORM CASE WHEN true THEN 1 END; END $$;
CREATE FUNCTION function_in_quotes() RETURNS int LANGUAGE plpgsql AS '
BEGIN
  RETURN CASE WHEN true THEN 1 END;
END';
CREATE FUNCTION begin_as_default(first text DEFAULT 'begin') RETURNS text LANGUAGE sql AS 'SELECT $1';
SELECT function_in_quotes(), begin_as_default();
