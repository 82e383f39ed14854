CREATE FUNCTION plain() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  -- it's a comment; with a quote
  RETURN 1; /* and another ' */
END;
$$;
CREATE FUNCTION tagged() RETURNS text LANGUAGE plpgsql AS $body_1$
BEGIN
  EXECUTE $$SELECT ';'$$;
  RETURN $q$ it's; $body$ not the end $q$;
END $body_1$;
CREATE FUNCTION äußere() RETURNS text LANGUAGE sql AS $ä$ SELECT ';'::text $ä$;
CREATE TABLE with$dollar (a$b int, c$d$ text);
INSERT INTO with$dollar VALUES (1, $$a;b$$), (2, $x$$;$$x$);
PREPARE asked (int, int) AS SELECT $1 + $2;
EXECUTE asked (1, 2);
DO LANGUAGE plpgsql $do$
DECLARE
  n int := 0;
BEGIN
  LOOP
    n := n + 1;
    EXIT WHEN n > 3;
  END LOOP;
END
$do$;
SELECT $$$$, $empty$$empty$;
