package dev.stipend.support.process;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.stipend.lambda.DeliverAlertsFunction;
import dev.stipend.lambda.RecordUsageFunction;
import dev.stipend.support.TestContext;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A worker in a process of its own, to be killed: handles one message with `record` or `deliver`.
/// Arguments: a file with its settings, what to do, a file with the message.
public final class WorkerMain {
  private WorkerMain() {}

  /// Runs the worker.
  public static void main(String[] arguments) throws Exception {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m1");
    message.setReceiptHandle("receipt-m1");
    message.setBody(Files.readString(Path.of(arguments[2])));
    SQSEvent.MessageAttribute workspace = new SQSEvent.MessageAttribute();
    workspace.setDataType("String");
    workspace.setStringValue("default");
    message.setMessageAttributes(Map.of("workspace", workspace));
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    try (ApplicationContext context = WorkerProcess.context(arguments[0])) {
      switch (arguments[1]) {
        case "record" -> new RecordUsageFunction(context).handleRequest(event, new TestContext());
        case "deliver" ->
            new DeliverAlertsFunction(context).handleRequest(event, new TestContext());
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    }
  }
}
