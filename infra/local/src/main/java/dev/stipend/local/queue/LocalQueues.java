package dev.stipend.local.queue;

import dev.stipend.local.template.QueueResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// SQS in this process, on a free port of the loopback interface, with the queues of the template.
/// Messages live in memory.
public final class LocalQueues implements AutoCloseable {

  /// What the dummy credentials are everywhere on this machine; nothing checks them.
  public static final String CREDENTIAL = "local";

  public static final Region REGION = Region.US_EAST_1;

  private static final List<QueueAttributeName> WAITING =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);

  private final SQSRestServer server;
  private final URI endpoint;
  private final SqsClient client;
  private final Map<String, LocalQueue> queues = new HashMap<>();

  private LocalQueues(SQSRestServer server) {
    this.server = server;
    this.endpoint =
        URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    this.client =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(REGION)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(CREDENTIAL, CREDENTIAL)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /// Starts the server and creates the queues, dead-letter queues first.
  public static LocalQueues start(Collection<QueueResource> resources) {
    LocalQueues started =
        new LocalQueues(
            SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .withAWSRegion(REGION.id())
                .start());
    List<QueueResource> ordered = new ArrayList<>(resources);
    ordered.sort(Comparator.comparing(queue -> queue.redrive().isPresent()));
    ordered.forEach(started::create);
    return started;
  }

  /// Where an AWS SDK finds this server.
  public URI endpoint() {
    return endpoint;
  }

  public SqsClient client() {
    return client;
  }

  /// The queue with this logical id in the template.
  public LocalQueue queue(String name) {
    LocalQueue queue = queues.get(name);
    if (queue == null) {
      throw new IllegalArgumentException("no queue " + name + " among " + queues.keySet());
    }
    return queue;
  }

  /// Messages that are due: waiting, or in the hands of a function. Delayed ones are not counted.
  public long depth(LocalQueue queue) {
    return client
        .getQueueAttributes(request -> request.queueUrl(queue.url()).attributeNames(WAITING))
        .attributes()
        .values()
        .stream()
        .mapToLong(Long::parseLong)
        .sum();
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }

  private void create(QueueResource resource) {
    Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
    attributes.put(
        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
        Long.toString(resource.retention().toSeconds()));
    attributes.put(
        QueueAttributeName.VISIBILITY_TIMEOUT,
        Long.toString(resource.visibilityTimeout().toSeconds()));
    resource
        .redrive()
        .ifPresent(
            redrive ->
                attributes.put(
                    QueueAttributeName.REDRIVE_POLICY,
                    """
                    {"deadLetterTargetArn":"%s","maxReceiveCount":"%d"}\
                    """
                        .formatted(
                            queue(redrive.deadLetterQueue()).arn(), redrive.maximumReceives())));
    String url =
        client
            .createQueue(request -> request.queueName(resource.logicalId()).attributes(attributes))
            .queueUrl();
    String arn =
        client
            .getQueueAttributes(
                request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    queues.put(resource.logicalId(), new LocalQueue(resource, url, Objects.requireNonNull(arn)));
  }
}
