-- Undoes V202611290161__increase_limits_of_subjects.sql. Limits of single subjects are those of their budgets again.
DROP TABLE stipend.budget_increases;
