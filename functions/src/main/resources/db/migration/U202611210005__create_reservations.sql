-- Undoes V202611210005__create_reservations.sql. What it made is gone with its data.

DROP TABLE stipend.reservation_budgets;
DROP TABLE stipend.reservations;
