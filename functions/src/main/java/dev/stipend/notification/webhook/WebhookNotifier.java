package dev.stipend.notification.webhook;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelNotice;
import dev.stipend.notification.channel.ChannelSecrets;
import dev.stipend.notification.channel.ChannelSecrets.Secret;
import dev.stipend.notification.send.NetworkFailure;
import dev.stipend.notification.send.Notifier;
import dev.stipend.notification.send.Preparable;
import dev.stipend.notification.send.RetryAfter;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.network.GuardedSockets;
import dev.stipend.platform.secrets.SecretName;
import dev.stipend.platform.secrets.Tenant;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Posts snapshots to addresses that people choose.
@Singleton
public class WebhookNotifier implements Notifier, Preparable {
  private static final String URL_VARIABLE = "WEBHOOK_URL";
  private static final String KEY_VARIABLE = "WEBHOOK_SIGNING_SECRET";
  private static final String URL_SECRET = "urlSecret";
  private static final String KEY_SECRET = "signingSecret";
  private final ChannelSecrets secrets;
  private final JsonText json;
  private final InstantSource clock;
  private final Destinations destinations;
  private final BeanProvider<OkHttpClient> client;

  /// @param client created at its first use: most functions send nothing
  public WebhookNotifier(
      ChannelSecrets secrets,
      JsonText json,
      InstantSource clock,
      Destinations destinations,
      BeanProvider<OkHttpClient> client) {
    this.secrets = secrets;
    this.json = json;
    this.clock = clock;
    this.destinations = destinations;
    this.client = client;
  }

  @Override
  public void prepare() {
    OkHttpClient _ = client.get();
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.WEBHOOK;
  }

  @Override
  public boolean isConfigured() {
    return secrets.has(URL_VARIABLE);
  }

  @Override
  public Map<String, String> readConfig(
      JsonFields config, Tenant tenant, Map<String, String> before) {
    Map<String, String> read = new HashMap<>();
    Stream.of(URL_SECRET, KEY_SECRET)
        .forEach(
            field ->
                SecretName.read(config, field, tenant).ifPresent(name -> read.put(field, name)));
    return read;
  }

  @Override
  public Map<String, String> standIns() {
    return Map.of(URL_SECRET, URL_VARIABLE, KEY_SECRET, KEY_VARIABLE);
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    return send(channel, snapshot.id(), snapshot);
  }

  @Override
  public SendOutcome send(Channel channel, ChannelNotice notice) {
    return send(channel, notice.id(), notice);
  }

  private SendOutcome send(Channel channel, String id, Object content) {
    return switch (secrets.of(channel, URL_SECRET, URL_VARIABLE)) {
      case Secret.None none -> new SendOutcome.Failed(none.reason());
      case Secret.Value url ->
          switch (secrets.of(channel, KEY_SECRET, KEY_VARIABLE)) {
            case Secret.None none -> new SendOutcome.Failed(none.reason());
            case Secret.Value key -> send(url, key, id, content);
          };
    };
  }

  private SendOutcome send(Secret.Value url, Secret.Value key, String id, Object content) {
    Optional<HttpUrl> address = address(url.value());
    if (address.isEmpty()) {
      return new SendOutcome.Failed(
          url.name() + " is not an https address without user name and password");
    }
    return SigningSecrets.parse(key.value())
        .map(signing -> post(url.name(), request(address.get(), signing, id, content)))
        .orElseGet(
            () ->
                new SendOutcome.Failed(
                    key.name()
                        + " is not one or two signing secrets, each whsec_ and 24 to 64 random"
                        + " bytes in base64"));
  }

  @Override
  public String preview(Channel channel, AlertSnapshot snapshot) {
    return json.write(snapshot);
  }

  private Optional<HttpUrl> address(String text) {
    return Optional.ofNullable(HttpUrl.parse(text))
        .filter(url -> destinations.allowScheme(url.scheme()))
        .filter(url -> url.username().isEmpty() && url.password().isEmpty());
  }

  private Request request(HttpUrl url, SigningSecrets signing, String id, Object content) {
    byte[] body = json.write(content).getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    return new Request.Builder()
        .url(url)
        .header("User-Agent", "Stipend")
        .header("webhook-id", id)
        .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
        .header("webhook-signature", signing.sign(id, now, body))
        .post(new OneAttempt(body))
        .build();
  }

  private SendOutcome post(String urlName, Request request) {
    try (Response response = client.get().newCall(request).execute()) {
      return outcome(urlName, response);
    } catch (GuardedSockets.RefusedException refused) {
      return new SendOutcome.Failed(
          "the host in %s resolves to an address that is not public; webhooks go to public addresses"
                  .formatted(urlName)
              + " only");
    } catch (IOException unreachable) {
      return new SendOutcome.Retry(
          "The webhook of %s could not be reached: %s"
              .formatted(urlName, NetworkFailure.describe(unreachable)),
          Optional.empty());
    }
  }

  private static SendOutcome outcome(String urlName, Response response) {
    if (response.isSuccessful()) {
      return new SendOutcome.Sent(Optional.empty());
    }
    int status = response.code();
    String reason = "The webhook of %s answered %d".formatted(urlName, status);
    if (SendOutcome.mayPass(status)) {
      return new SendOutcome.Retry(
          reason, RetryAfter.of(response.header("Retry-After"), response.header("Date")));
    }
    return new SendOutcome.Failed(
        response.isRedirect()
            ? reason + "; redirects are not followed, so give the final address"
            : reason);
  }
}
