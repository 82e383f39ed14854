package dev.stipend.notification.email;

/// A setting is missing or makes no sense, and no attempt can change that. The message is one
/// sentence that names the setting and holds no secret.
final class UnusableSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  UnusableSettingException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
