CREATE TABLE copied_last (id int);
COPY copied_last FROM stdin;
1
2
