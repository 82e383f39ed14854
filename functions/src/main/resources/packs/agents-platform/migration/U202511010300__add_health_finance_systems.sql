-- Undoes add_health_finance_systems.

DROP TABLE investments;
DROP TABLE debt_payments;
DROP TABLE debts;
DROP TABLE budgets;
DROP TABLE transactions;
DROP TABLE recurring_payments;
DROP TABLE financial_accounts;
DROP TABLE financial_profiles;
DROP TABLE health_measurements;
DROP TABLE medical_appointments;
DROP TABLE allergies;
DROP TABLE medication_logs;
DROP TABLE medications;
DROP TABLE medical_conditions;
DROP TABLE health_profiles;

DROP FUNCTION app_user_id();

DROP TYPE "TransactionType";
DROP TYPE "AppointmentStatus";
