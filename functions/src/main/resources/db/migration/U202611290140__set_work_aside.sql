-- Undoes V202611290140__set_work_aside.sql. What was set aside is worked on again, whether or not it can be.

DROP TRIGGER budgets_edited ON stipend.budgets;

DROP FUNCTION stipend.retry_set_aside();

DROP TABLE stipend.set_aside;
