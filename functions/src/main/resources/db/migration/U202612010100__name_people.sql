-- Undoes V202612010100__name_people.sql. Names that people have are lost.
DROP TABLE stipend.people;
