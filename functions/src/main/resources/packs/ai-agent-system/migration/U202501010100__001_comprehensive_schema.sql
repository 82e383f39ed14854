-- Undoes V202501010100__001_comprehensive_schema.sql. All that the tables held is gone.

DROP TABLE system_metrics, tasks, usage_logs, audit_logs, system_alerts, performance_metrics, user_budgets,
  cost_tracking, generated_content, ai_requests, messages, conversations, agents, ai_models, users;
DROP TYPE user_role, message_role, request_status, content_type, validation_status, execution_status, period_type,
  alert_severity, alert_status, task_status;
