CREATE TABLE ruled (id int, at timestamptz);
CREATE TABLE log_of_rules (id int);
CREATE RULE two_things AS ON INSERT TO ruled DO ALSO (
  INSERT INTO log_of_rules VALUES (new.id);
  DELETE FROM log_of_rules WHERE id < 0;
);
CREATE RULE none AS ON DELETE TO ruled DO INSTEAD NOTHING;
INSERT INTO ruled VALUES (1, now());
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.at := now(); RETURN new; END $$;
CREATE TRIGGER touched BEFORE UPDATE ON ruled FOR EACH ROW WHEN (old.id <> new.id) EXECUTE FUNCTION touch();
CREATE POLICY own ON ruled USING (id > 0 AND 'a;b' <> '');
CREATE AGGREGATE summed (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE OPERATOR |-| (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);
SELECT 1 |-| 2, 3 - -4, 5 <@ ANY (ARRAY[int4range(1, 9)]);
