package dev.stipend.notification.email;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.stipend.notification.email.Notifiers.channel;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.support.notification.MapSecrets;
import dev.stipend.support.notification.SampleAlert;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/// A server that answers as SES, and the notifier that sends to it.
abstract class SesMails {
  private static final String PATH = "/v2/email/outbound-emails";
  static final Duration LONG = Duration.ofSeconds(5);

  @RegisterExtension
  static final WireMockExtension SES =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
          .build();

  final MapSecrets secrets = new MapSecrets();

  @BeforeEach
  void set() {
    secrets
        .with("SES_FROM_IDENTITY", "example.com")
        .with("SENDGRID_API_KEY", "SG.not-to-be-used")
        .with("SMTP_URL", "smtp://not-to-be-used.invalid")
        .with("ALERT_FROM_EMAIL", "Stipend <alerts@example.com>");
  }

  SendOutcome send(String endpoint, Duration timeout, SampleAlert alert) {
    try (SesV2Client client =
        SesClientFactory.client(timeout)
            .region(Region.EU_WEST_1)
            .endpointOverride(URI.create(endpoint))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIDEXAMPLE", "s3cr3tAccessKey")))
            .build()) {
      return Notifiers.of(
              secrets,
              new SesSender(secrets, () -> client),
              new SendGridSender(
                  secrets,
                  (authorization, mail) -> {
                    throw new AssertionError("SendGrid is not to be used");
                  }),
              new SmtpSender(new SmtpSession(secrets, timeout)),
              OwnSecrets.links("https://api.example.com"))
          .send(channel(Map.of("to", "Ópera <ops@example.com>")), alert.snapshot());
    }
  }

  SendOutcome send() {
    return send("http://localhost:" + SES.getPort(), LONG, SampleAlert.warning());
  }

  static void answer(ResponseDefinitionBuilder response) {
    SES.stubFor(post(urlEqualTo(PATH)).willReturn(response));
  }

  static void refuse(int status, String code, String message) {
    answer(
        aResponse()
            .withStatus(status)
            .withHeader("x-amzn-ErrorType", code)
            .withBody("{\"message\":\"" + message + "\"}"));
  }

  static void accept() {
    answer(aResponse().withStatus(200).withBody("{\"MessageId\":\"0102018f-ses\"}"));
  }

  static RequestPatternBuilder mail() {
    return postRequestedFor(urlEqualTo(PATH));
  }
}
