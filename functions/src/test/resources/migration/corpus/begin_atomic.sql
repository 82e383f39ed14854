-- Bodies in SQL: semicolons inside of them end nothing.
CREATE TABLE prices (id int PRIMARY KEY, amount numeric, kind text);

CREATE FUNCTION doubled(a int) RETURNS int
LANGUAGE sql
BEGIN ATOMIC
  SELECT a * 2;
END;

CREATE OR REPLACE FUNCTION labelled(a int, b int) RETURNS text
BEGIN ATOMIC
  SELECT CASE WHEN a > 0 THEN CASE b WHEN 1 THEN 'one' ELSE 'more' END ELSE 'none' END;
  SELECT CASE WHEN $1 + $2 > 0 THEN 'plus' END;
END;

CREATE PROCEDURE put(a int, b numeric)
BEGIN ATOMIC
  INSERT INTO prices VALUES (a, b, 'x;y');
  UPDATE prices SET amount = (CASE WHEN amount > 1 THEN 1 ELSE amount END) WHERE id = a;
  /* END; in a comment */
  DELETE FROM prices WHERE kind = 'END;'; -- END;
END;

create or replace procedure nothing() begin atomic end;

CREATE FUNCTION returned(a int) RETURNS int RETURN CASE WHEN a > 0 THEN a ELSE 0 END;

SELECT doubled(2), labelled(1, 1), returned(-1);
