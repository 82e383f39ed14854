package dev.stipend.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/// Everything that is logged while it is open, down to the finest level, without printing it.
public final class CapturedLog implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final ListAppender<ILoggingEvent> events =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          super.append(event);
        }
      };
  private final List<Appender<ILoggingEvent>> silenced = new ArrayList<>();

  private CapturedLog() {
    root.iteratorForAppenders().forEachRemaining(silenced::add);
    silenced.forEach(root::detachAppender);
    events.start();
    root.addAppender(events);
    root.setLevel(Level.TRACE);
  }

  public static CapturedLog start() {
    return new CapturedLog();
  }

  /// What loggers with these prefixes said, with stack traces.
  public String text(String... prefixes) {
    return List.copyOf(events.list).stream()
        .filter(event -> Stream.of(prefixes).anyMatch(event.getLoggerName()::startsWith))
        .map(CapturedLog::line)
        .collect(Collectors.joining("\n"));
  }

  /// The fields of the first line that holds a text.
  public Map<String, String> fields(String part) {
    return List.copyOf(events.list).stream()
        .filter(event -> event.getFormattedMessage().contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line with " + part))
        .getMDCPropertyMap();
  }

  private static String line(ILoggingEvent event) {
    return event.getLoggerName()
        + " "
        + event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  @Override
  public void close() {
    root.setLevel(before);
    root.detachAppender(events);
    silenced.forEach(root::addAppender);
  }
}
