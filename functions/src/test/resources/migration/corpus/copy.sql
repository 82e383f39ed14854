CREATE TABLE copied (id int, word text);
COPY copied (id, word) FROM stdin;
1	a;b
2	it's
3	$$
4	/* -- "
\.
COPY copied FROM STDIN WITH (FORMAT csv);
5,"x;
y"
6,SELECT 1;
\.

copy copied from stdin (format csv, header); -- data follows; really
id,word
7,end
\.
SELECT count(*) FROM copied;
