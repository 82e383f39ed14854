-- Undoes V202611290163__unsubscribe_readers.sql. Links in mails that were sent lead nowhere from then on.
DROP TABLE stipend.mail_progress;
DROP TABLE stipend.deployment_keys;
