-- Undoes V202611300500__sign_in_to_the_console.sql. Everybody is signed out.
DROP TABLE stipend.sign_in_attempts;
DROP TABLE stipend.ended_sessions;
DELETE FROM stipend.deployment_keys WHERE purpose = 'session';
