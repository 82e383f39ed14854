package dev.stipend.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes what was opened, last first, once, whether the run ends by itself or by a signal in the
/// middle of its start.
final class Closing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private volatile AutoCloseable first = () -> {};
  private volatile boolean closed;

  /// Remembers a resource. One that comes too late is closed at once.
  synchronized <T extends AutoCloseable> T add(T resource) {
    if (closed) {
      close(resource);
      throw new IllegalStateException("stopped while starting");
    }
    opened.push(resource);
    return resource;
  }

  /// Whether everything is closed, or being closed on another thread.
  boolean begun() {
    return closed;
  }

  /// Makes closing begin with this resource, outside any lock of ours: others may close it at the
  /// same time. While it closes, it is to call [#closeAfter].
  void beginWith(AutoCloseable resource) {
    first = resource;
  }

  /// Closes what was opened after this resource, last first.
  synchronized void closeAfter(AutoCloseable resource) {
    closed = true;
    while (!opened.isEmpty() && opened.peek() != resource) {
      close(opened.pop());
    }
  }

  @Override
  public void close() {
    closed = true;
    close(first);
    synchronized (this) {
      while (!opened.isEmpty()) {
        close(opened.pop());
      }
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("{} did not close", resource.getClass().getSimpleName(), e);
    }
  }
}
