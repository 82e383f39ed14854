-- add_health_finance_systems: what people keep about their health and their money.
-- The document fixes the names of the tables; all columns are Stipend's design.
-- Columns …Encrypted hold what the application encrypted with AES-256 (nonce, ciphertext, tag), and "encryptionKeyId"
-- says with which key; no key is in the database. Only what queries and reminders need is readable. Of a bank account
-- there are the last four digits at most.
-- Row-level security: a session sees the rows of the user whose id is in its setting app.user_id. It does not bind the
-- tables' owner: let the application connect as another role.
-- requires: migration 202511010200

CREATE TYPE "AppointmentStatus" AS ENUM ('SCHEDULED', 'COMPLETED', 'CANCELLED', 'NO_SHOW');
CREATE TYPE "TransactionType" AS ENUM ('INCOME', 'EXPENSE', 'TRANSFER');

-- The user for whom the application works; nobody, if it does not say.
CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CAST(NULLIF(current_setting('app.user_id', TRUE), '') AS uuid)
$$;

CREATE TABLE health_profiles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "health_profiles_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "bloodTypeEncrypted" bytea,
  "emergencyContactEncrypted" bytea,
  "encryptionKeyId" text NOT NULL,
  "consentedAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "health_profiles_userId_key" ON health_profiles ("userId");
ALTER TABLE health_profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON health_profiles USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON health_profiles FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE medical_conditions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "medical_conditions_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "nameEncrypted" bytea NOT NULL,
  "notesEncrypted" bytea,
  "encryptionKeyId" text NOT NULL,
  status text NOT NULL DEFAULT 'ACTIVE'
    CONSTRAINT medical_conditions_status_check CHECK (status IN ('ACTIVE', 'CHRONIC', 'RESOLVED')),
  "diagnosedOn" date,
  "resolvedOn" date CONSTRAINT "medical_conditions_resolvedOn_check" CHECK ("resolvedOn" >= "diagnosedOn"),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "medical_conditions_userId_idx" ON medical_conditions ("userId");
ALTER TABLE medical_conditions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON medical_conditions USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON medical_conditions FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE medications (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL CONSTRAINT "medications_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "conditionId" uuid
    CONSTRAINT "medications_conditionId_fkey" REFERENCES medical_conditions (id) ON DELETE SET NULL ON UPDATE CASCADE,
  "nameEncrypted" bytea NOT NULL,
  "dosageEncrypted" bytea,
  "encryptionKeyId" text NOT NULL,
  "reminderTimes" time[] NOT NULL DEFAULT '{}',
  "isActive" boolean NOT NULL DEFAULT TRUE,
  "startsOn" date NOT NULL DEFAULT CURRENT_DATE,
  "endsOn" date CONSTRAINT "medications_endsOn_check" CHECK ("endsOn" >= "startsOn"),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "medications_userId_idx" ON medications ("userId");
CREATE INDEX "medications_conditionId_idx" ON medications ("conditionId");
ALTER TABLE medications ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON medications USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON medications FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE medication_logs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "medicationId" uuid NOT NULL
    CONSTRAINT "medication_logs_medicationId_fkey" REFERENCES medications (id) ON DELETE CASCADE ON UPDATE CASCADE,
  status text NOT NULL DEFAULT 'TAKEN'
    CONSTRAINT medication_logs_status_check CHECK (status IN ('TAKEN', 'SKIPPED', 'MISSED')),
  "scheduledAt" timestamptz(3),
  "loggedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "medication_logs_medicationId_loggedAt_idx" ON medication_logs ("medicationId", "loggedAt" DESC);
ALTER TABLE medication_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON medication_logs USING (EXISTS (SELECT 1 FROM medications m WHERE m.id = "medicationId"));

CREATE TABLE allergies (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL CONSTRAINT "allergies_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "substanceEncrypted" bytea NOT NULL,
  "reactionEncrypted" bytea,
  "encryptionKeyId" text NOT NULL,
  severity text NOT NULL DEFAULT 'MODERATE'
    CONSTRAINT allergies_severity_check CHECK (severity IN ('MILD', 'MODERATE', 'SEVERE', 'LIFE_THREATENING')),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "allergies_userId_idx" ON allergies ("userId");
ALTER TABLE allergies ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON allergies USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON allergies FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE medical_appointments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "medical_appointments_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "doctorEncrypted" bytea,
  "locationEncrypted" bytea,
  "notesEncrypted" bytea,
  "encryptionKeyId" text NOT NULL,
  status "AppointmentStatus" NOT NULL DEFAULT 'SCHEDULED',
  "startsAt" timestamptz(3) NOT NULL,
  "endsAt" timestamptz(3) CONSTRAINT "medical_appointments_endsAt_check" CHECK ("endsAt" > "startsAt"),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "medical_appointments_userId_startsAt_idx" ON medical_appointments ("userId", "startsAt");
ALTER TABLE medical_appointments ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON medical_appointments USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON medical_appointments FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE health_measurements (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "health_measurements_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "type" text NOT NULL
    CONSTRAINT health_measurements_type_check CHECK ("type" IN (
      'WEIGHT', 'BLOOD_PRESSURE', 'HEART_RATE', 'GLUCOSE', 'TEMPERATURE', 'OXYGEN', 'SLEEP', 'STEPS', 'OTHER')),
  "valueEncrypted" bytea NOT NULL,
  "encryptionKeyId" text NOT NULL,
  unit text NOT NULL,
  "measuredAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "health_measurements_userId_type_measuredAt_idx"
  ON health_measurements ("userId", "type", "measuredAt" DESC);
ALTER TABLE health_measurements ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON health_measurements USING ("userId" = app_user_id());

CREATE TABLE financial_profiles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "financial_profiles_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  currency text NOT NULL DEFAULT 'MXN' CONSTRAINT financial_profiles_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
  "monthlyIncome" numeric(14, 2) CONSTRAINT "financial_profiles_monthlyIncome_check" CHECK ("monthlyIncome" >= 0),
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "financial_profiles_userId_key" ON financial_profiles ("userId");
ALTER TABLE financial_profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON financial_profiles USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON financial_profiles FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE financial_accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "financial_accounts_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  name text NOT NULL,
  "type" text NOT NULL
    CONSTRAINT financial_accounts_type_check CHECK ("type" IN (
      'CHECKING', 'SAVINGS', 'CREDIT_CARD', 'CASH', 'INVESTMENT', 'LOAN', 'OTHER')),
  institution text,
  "lastFour" text CONSTRAINT "financial_accounts_lastFour_check" CHECK ("lastFour" ~ '^[0-9]{4}$'),
  currency text NOT NULL DEFAULT 'MXN' CONSTRAINT financial_accounts_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
  balance numeric(14, 2) NOT NULL DEFAULT 0,
  "isActive" boolean NOT NULL DEFAULT TRUE,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "financial_accounts_userId_idx" ON financial_accounts ("userId");
ALTER TABLE financial_accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON financial_accounts USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON financial_accounts FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE recurring_payments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL
    CONSTRAINT "recurring_payments_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "accountId" uuid
    CONSTRAINT "recurring_payments_accountId_fkey" REFERENCES financial_accounts (id)
      ON DELETE SET NULL ON UPDATE CASCADE,
  name text NOT NULL,
  category text NOT NULL,
  amount numeric(14, 2) NOT NULL CONSTRAINT recurring_payments_amount_check CHECK (amount > 0),
  currency text NOT NULL DEFAULT 'MXN' CONSTRAINT recurring_payments_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
  frequency text NOT NULL DEFAULT 'MONTHLY'
    CONSTRAINT recurring_payments_frequency_check CHECK (frequency IN (
      'WEEKLY', 'BIWEEKLY', 'MONTHLY', 'QUARTERLY', 'YEARLY')),
  "nextDueOn" date NOT NULL,
  "isActive" boolean NOT NULL DEFAULT TRUE,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "recurring_payments_userId_idx" ON recurring_payments ("userId");
CREATE INDEX "recurring_payments_accountId_idx" ON recurring_payments ("accountId");
CREATE INDEX "recurring_payments_nextDueOn_idx" ON recurring_payments ("nextDueOn") WHERE "isActive";
ALTER TABLE recurring_payments ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON recurring_payments USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON recurring_payments FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- In the currency of the account; what leaves it is negative. A transfer is one row in either account.
CREATE TABLE transactions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "accountId" uuid NOT NULL
    CONSTRAINT "transactions_accountId_fkey" REFERENCES financial_accounts (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "recurringPaymentId" uuid
    CONSTRAINT "transactions_recurringPaymentId_fkey" REFERENCES recurring_payments (id)
      ON DELETE SET NULL ON UPDATE CASCADE,
  "type" "TransactionType" NOT NULL,
  amount numeric(14, 2) NOT NULL,
  category text,
  description text,
  "occurredAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT transactions_amount_check CHECK (
    CASE "type" WHEN 'INCOME' THEN amount > 0 WHEN 'EXPENSE' THEN amount < 0 ELSE amount <> 0 END)
);
CREATE INDEX "transactions_accountId_occurredAt_idx" ON transactions ("accountId", "occurredAt" DESC);
CREATE INDEX "transactions_recurringPaymentId_idx" ON transactions ("recurringPaymentId");
ALTER TABLE transactions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON transactions USING (EXISTS (SELECT 1 FROM financial_accounts a WHERE a.id = "accountId"));
CREATE TRIGGER updated_at BEFORE UPDATE ON transactions FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- Of a household, not of agents. "alertAt" is a percentage.
CREATE TABLE budgets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL CONSTRAINT "budgets_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  category text NOT NULL,
  "limitAmount" numeric(14, 2) NOT NULL CONSTRAINT "budgets_limitAmount_check" CHECK ("limitAmount" > 0),
  currency text NOT NULL DEFAULT 'MXN' CONSTRAINT budgets_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
  period text NOT NULL DEFAULT 'MONTHLY'
    CONSTRAINT budgets_period_check CHECK (period IN ('WEEKLY', 'MONTHLY', 'YEARLY')),
  "alertAt" integer NOT NULL DEFAULT 80 CONSTRAINT "budgets_alertAt_check" CHECK ("alertAt" BETWEEN 1 AND 100),
  "startsOn" date NOT NULL DEFAULT CURRENT_DATE,
  "endsOn" date CONSTRAINT "budgets_endsOn_check" CHECK ("endsOn" >= "startsOn"),
  "isActive" boolean NOT NULL DEFAULT TRUE,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "budgets_userId_category_period_startsOn_key" ON budgets ("userId", category, period, "startsOn");
ALTER TABLE budgets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON budgets USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON budgets FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- "annualRate" is a percentage.
CREATE TABLE debts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL CONSTRAINT "debts_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  creditor text NOT NULL,
  principal numeric(14, 2) NOT NULL CONSTRAINT debts_principal_check CHECK (principal > 0),
  balance numeric(14, 2) NOT NULL CONSTRAINT debts_balance_check CHECK (balance >= 0),
  currency text NOT NULL DEFAULT 'MXN' CONSTRAINT debts_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
  "annualRate" numeric(7, 4) CONSTRAINT "debts_annualRate_check" CHECK ("annualRate" >= 0),
  "minimumPayment" numeric(14, 2) CONSTRAINT "debts_minimumPayment_check" CHECK ("minimumPayment" >= 0),
  "dueDay" integer CONSTRAINT "debts_dueDay_check" CHECK ("dueDay" BETWEEN 1 AND 31),
  "paidOffOn" date,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "debts_userId_idx" ON debts ("userId");
ALTER TABLE debts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON debts USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON debts FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE debt_payments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "debtId" uuid NOT NULL
    CONSTRAINT "debt_payments_debtId_fkey" REFERENCES debts (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "transactionId" uuid
    CONSTRAINT "debt_payments_transactionId_fkey" REFERENCES transactions (id) ON DELETE SET NULL ON UPDATE CASCADE,
  amount numeric(14, 2) NOT NULL CONSTRAINT debt_payments_amount_check CHECK (amount > 0),
  interest numeric(14, 2) NOT NULL DEFAULT 0
    CONSTRAINT debt_payments_interest_check CHECK (interest BETWEEN 0 AND amount),
  "paidOn" date NOT NULL DEFAULT CURRENT_DATE,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "debt_payments_debtId_paidOn_idx" ON debt_payments ("debtId", "paidOn" DESC);
CREATE INDEX "debt_payments_transactionId_idx" ON debt_payments ("transactionId");
ALTER TABLE debt_payments ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON debt_payments USING (EXISTS (SELECT 1 FROM debts d WHERE d.id = "debtId"));

CREATE TABLE investments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" uuid NOT NULL CONSTRAINT "investments_userId_fkey" REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
  name text NOT NULL,
  symbol text,
  "type" text NOT NULL
    CONSTRAINT investments_type_check CHECK ("type" IN ('STOCK', 'FUND', 'BOND', 'CRYPTO', 'REAL_ESTATE', 'OTHER')),
  quantity numeric(20, 8) NOT NULL DEFAULT 1 CONSTRAINT investments_quantity_check CHECK (quantity >= 0),
  "purchaseValue" numeric(14, 2),
  "currentValue" numeric(14, 2),
  currency text NOT NULL DEFAULT 'MXN' CONSTRAINT investments_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
  "purchasedOn" date,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "investments_userId_idx" ON investments ("userId");
ALTER TABLE investments ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON investments USING ("userId" = app_user_id());
CREATE TRIGGER updated_at BEFORE UPDATE ON investments FOR EACH ROW EXECUTE FUNCTION set_updated_at();
