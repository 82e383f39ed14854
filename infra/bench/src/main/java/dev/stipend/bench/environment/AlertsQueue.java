package dev.stipend.bench.environment;

import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/// An SQS server in this process. Starting it points the AWS SDK at it.
public final class AlertsQueue implements AutoCloseable {
  private static final String NAME = "alerts";

  private final SQSRestServer server;
  private final String endpoint;

  private AlertsQueue(SQSRestServer server) {
    this.server = server;
    this.endpoint = "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort();
  }

  public static AlertsQueue start() {
    AlertsQueue queue =
        new AlertsQueue(SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start());
    System.setProperty("aws.endpointUrlSqs", queue.endpoint);
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "bench");
    System.setProperty("aws.secretAccessKey", "bench");
    return queue;
  }

  String url() {
    return endpoint + "/000000000000/" + NAME;
  }

  void create(SqsClient client) {
    client.createQueue(request -> request.queueName(NAME));
  }

  void empty(SqsClient client) {
    client.purgeQueue(request -> request.queueUrl(url()));
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
