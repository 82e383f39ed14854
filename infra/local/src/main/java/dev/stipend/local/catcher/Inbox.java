package dev.stipend.local.catcher;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

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

  /// Replaces the message that is meant, in its place. Answers whether there is one.
  synchronized boolean replace(Predicate<T> meant, UnaryOperator<T> replacement) {
    List<T> all = new ArrayList<>(messages);
    boolean isThere = all.stream().anyMatch(meant);
    all.replaceAll(message -> meant.test(message) ? replacement.apply(message) : message);
    messages.clear();
    messages.addAll(all);
    return isThere;
  }

  synchronized List<T> newestFirst() {
    return List.copyOf(messages);
  }
}
