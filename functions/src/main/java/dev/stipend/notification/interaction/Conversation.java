package dev.stipend.notification.interaction;

import java.util.Set;
import java.util.function.UnaryOperator;

/// Port: talks with people who answer an alert where they read it. Takes two seconds at most, and
/// throws nothing: what they asked for is done, whether they can be shown it or not.
public interface Conversation {
  /// Whether a message is the one about the alert, or in its thread.
  ///
  /// @param place the provider's id of the channel in which somebody has answered
  /// @param message the provider's id of the message below which they have
  /// @param thread that of the message that starts its thread; empty if it is in none
  boolean isAbout(SentAlert sent, String place, String message, String thread);

  /// Asks somebody why the limit is to be raised.
  ///
  /// @param trigger what the provider wants for it, valid for some seconds
  /// @param ticket comes back with the reason
  /// @param raising what raising will do
  void askWhy(SentAlert sent, String trigger, String ticket, String raising);

  /// Shows everybody what somebody has answered.
  ///
  /// @param said makes the text, given how to name who answered
  /// @param open what may still be answered
  void show(SentAlert sent, String member, UnaryOperator<String> said, Set<AlertAction> open);

  /// Tells somebody alone why nothing was done.
  void refuse(SentAlert sent, String member, String why);
}
