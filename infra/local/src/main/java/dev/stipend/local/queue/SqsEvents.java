package dev.stipend.local.queue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// The event that Lambda makes of received messages.
final class SqsEvents {

  private SqsEvents() {}

  static SQSEvent event(List<Message> messages, LocalQueue queue) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages.stream().map(message -> record(message, queue)).toList());
    return event;
  }

  private static SQSEvent.SQSMessage record(Message message, LocalQueue queue) {
    SQSEvent.SQSMessage record = new SQSEvent.SQSMessage();
    record.setMessageId(message.messageId());
    record.setReceiptHandle(message.receiptHandle());
    record.setBody(message.body());
    record.setMd5OfBody(message.md5OfBody());
    record.setMd5OfMessageAttributes(message.md5OfMessageAttributes());
    record.setAttributes(Map.copyOf(message.attributesAsStrings()));
    Map<String, SQSEvent.MessageAttribute> attributes = new HashMap<>();
    message.messageAttributes().forEach((name, value) -> attributes.put(name, attribute(value)));
    record.setMessageAttributes(attributes);
    record.setEventSource("aws:sqs");
    record.setEventSourceArn(queue.arn());
    record.setAwsRegion(LocalQueues.REGION.id());
    return record;
  }

  private static SQSEvent.MessageAttribute attribute(MessageAttributeValue value) {
    SQSEvent.MessageAttribute attribute = new SQSEvent.MessageAttribute();
    attribute.setDataType(value.dataType());
    attribute.setStringValue(value.stringValue());
    if (value.binaryValue() != null) {
      attribute.setBinaryValue(value.binaryValue().asByteBuffer());
    }
    attribute.setStringListValues(List.of());
    attribute.setBinaryListValues(List.of());
    return attribute;
  }
}
