/* A comment; /* with another; inside */ and still the same; */
SELECT 1 /* ; */ AS one; -- after it; there is more
-- ' an apostrophe
SELECT 2 -- "a quote; that opens nothing
  AS two;
SELECT 3 /* /* /* ; */ ; */ ' */ AS three;;
;
/* only this; */ ;
SELECT 4 -- the last of it
;
SELECT '/*' AS four, '--' AS five; SELECT "x".six FROM (SELECT 6 AS six) "x";
SELECT 7 -- no semicolon follows
-- and nothing else;
