package dev.stipend.local.catcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last messages that a catcher caught, newest first.
///
/// @param <T> a message
final class Inbox<T> {

  private static final int KEPT = 200;

  private final Deque<T> messages = new ArrayDeque<>();

  synchronized void add(T message) {
    messages.addFirst(message);
    if (messages.size() > KEPT) {
      messages.removeLast();
    }
  }

  synchronized List<T> newestFirst() {
    return List.copyOf(messages);
  }
}
