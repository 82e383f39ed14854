package dev.stipend.local.terminal;

/// Something that the person at the keyboard can put right. The message is one sentence that says
/// what and how; no stack trace is shown for it.
public final class LocalFailure extends RuntimeException {

  public LocalFailure(String sentence) {
    super(sentence);
  }

  public LocalFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
