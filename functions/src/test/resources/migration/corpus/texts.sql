SELECT 'it''s; one', 'a\'; SELECT '2;';
SELECT E'it\'s; one', e'\\', E'tab\t;';
SELECT 'goes on;'
  '; after a newline';
SELECT U&'d\0061t;a', U&"d\0061t;a" FROM (SELECT 1 AS "dat;a") AS "t;";
SELECT B'101', X'1F', N'n;', 1e5, 0.5e-3;
SELECT 'two
lines; and
three';
SELECT "a;""b" FROM (SELECT 1 AS "a;""b") AS x;
SELECT '${not.a.placeholder}', '{d ''2020-01-01''}', '?';
SELECT date '2020-01-01', interval '1 day';
