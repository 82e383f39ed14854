package dev.stipend.platform.database;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.stipend.lambda.MigrateDatabaseFunction;
import dev.stipend.platform.sql.DatabaseAddress;
import dev.stipend.platform.sql.DatabaseUrl;
import dev.stipend.support.SettableClock;
import dev.stipend.support.TestContext;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/// Where the password of the database comes from, each against a server that asks for it.
class DatabasePasswordTest {
  private static final String ENDPOINT = "aws.endpointUrlSecretsManager";
  private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Map<String, Object> settings = new HashMap<>();
  private final String url = TestServers.newDatabase();
  private final String role = "r_" + new Database(url).value("SELECT current_database()");

  @BeforeAll
  static void secretsManagerIsHere() {
    System.setProperty(ENDPOINT, TestServers.HTTP.baseUrl() + "/secrets");
  }

  @AfterAll
  static void secretsManagerIsGone() {
    System.clearProperty(ENDPOINT);
  }

  @Test
  void aTokenIsWhatTheSdkMakes() {
    settings.put(
        "database.url", "postgresql://stipend@db.abc123.eu-west-1.rds.amazonaws.com:5433/app");
    settings.put("database.iam.auth", true);
    String theirs =
        RdsUtilities.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(SystemPropertyCredentialsProvider.create())
            .build()
            .generateAuthenticationToken(
                token ->
                    token
                        .hostname("db.abc123.eu-west-1.rds.amazonaws.com")
                        .port(5433)
                        .username("stipend"));
    Instant when = Instant.from(STAMP.parse(theirs.replaceFirst(".*X-Amz-Date=(\\w+).*", "$1")));
    try (ApplicationContext context = start()) {
      context.getBean(SettableClock.class).set(when);
      DatabaseUrl ours = context.getBean(DatabaseAddress.class).direct();
      assertThat(parts(ours.password().orElseThrow()))
          .as("the same place, parameters and signature, in whatever order")
          .isEqualTo(parts(theirs));
      assertThat(ours.user()).contains("stipend");
      assertThat(ours.jdbcUrl()).contains("sslmode=verify-full", "RdsTrust");
      assertThat(URI.create("https://" + theirs).getQuery()).contains("X-Amz-Expires=900");
    }
  }

  @Test
  void eachConnectionHasATokenOfItsOwn() {
    new MigrateDatabaseFunction(start(url)).handleRequest(verb("deploy"), new TestContext());
    settings.put("database.url", place(role) + "?sslmode=disable");
    settings.put("database.iam.auth", true);
    try (ApplicationContext context = start()) {
      SettableClock clock = context.getBean(SettableClock.class);
      DatabaseAddress address = context.getBean(DatabaseAddress.class);
      TestServers.newRole(role, address.pooled().password().orElseThrow());
      assertWorks(context);
      clock.tick(Duration.ofMinutes(16));
      dropConnections();
      assertRefused(context);
      TestServers.changePassword(role, address.pooled().password().orElseThrow());
      assertWorks(context);
      assertThat(
              new MigrateDatabaseFunction(context).handleRequest(verb("status"), new TestContext()))
          .containsEntry("outcome", "up-to-date");
    }
  }

  @Test
  void aTokenNeedsAUserAndAnEncryptedConnection() {
    settings.put("database.iam.auth", true);
    settings.put("database.url", "postgresql://db.example.com/app");
    try (ApplicationContext context = start()) {
      assertThatThrownBy(() -> context.getBean(DatabaseAddress.class).direct())
          .hasMessageStartingWith("DATABASE_URL names no user; with DATABASE_IAM_AUTH=true");
    }
    settings.put("database.url", "postgresql://al@db.example.com/app?a=b");
    try (ApplicationContext context = start()) {
      assertThat(context.getBean(DatabaseAddress.class).direct().jdbcUrl())
          .isEqualTo("jdbc:postgresql://db.example.com/app?a=b&sslmode=require");
    }
  }

  @Test
  void aPasswordThatWasReplacedIsReadAgainAtOnceAndOnlyOnce() {
    new MigrateDatabaseFunction(start(url)).handleRequest(verb("deploy"), new TestContext());
    TestServers.newRole(role, "first");
    secret(role, place(role + ":first"));
    settings.put("database.url.arn", ARN + role);
    try (ApplicationContext context = start()) {
      assertWorks(context);
      assertThat(fetches()).isEqualTo(1);
      TestServers.changePassword(role, "second");
      secret(role, place(role + ":second"));
      dropConnections();
      assertWorks(context);
      assertThat(fetches()).isEqualTo(2);
      TestServers.changePassword(role, "third");
      secret(role, place(role + ":third"));
      assertThat(
              new MigrateDatabaseFunction(context).handleRequest(verb("status"), new TestContext()))
          .containsEntry("outcome", "up-to-date");
      assertThat(fetches()).isEqualTo(3);
      TestServers.changePassword(role, "unknown");
      dropConnections();
      assertRefused(context);
    }
  }

  @Test
  void theSecretOfRdsHasThePasswordAndMayHaveThePlace() {
    new MigrateDatabaseFunction(start(url)).handleRequest(verb("deploy"), new TestContext());
    TestServers.newRole(role, "p@ss w/rd+");
    settings.put("database.secret.arn", ARN + role);
    settings.put("database.url", place("").replace("@", ""));
    secret(role, "{\"username\":\"%s\",\"password\":\"p@ss w/rd+\"}".formatted(role));
    try (ApplicationContext context = start()) {
      assertWorks(context);
    }
    settings.remove("database.url");
    secret(
        role,
        "{\"username\":\"%s\",\"password\":\"p@ss w/rd+\",\"engine\":\"postgres\",\"host\":\"127.0.0.1\",\"port\":%d,\"dbname\":\"%s\"}"
            .formatted(role, TestServers.POSTGRES.getPort(), role.substring(2)));
    try (ApplicationContext context = start()) {
      assertWorks(context);
    }
    secret(role, "{\"username\":\"al\",\"password\":\"s3cret\"");
    try (ApplicationContext context = start()) {
      assertThatThrownBy(() -> context.getBean(DatabaseAddress.class).direct())
          .hasMessageStartingWith("the secret of DATABASE_SECRET_ARN has no username")
          .message()
          .doesNotContain("s3cret");
    }
  }

  private static Set<String> parts(String token) {
    return Set.of(token.split("[?&]"));
  }

  /// The pool itself: without a transaction, nobody else is given a connection of it.
  private static DataSource pool(ApplicationContext context) {
    return DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
  }

  /// Soon: the first use of a connection that was ended meanwhile fails.
  private static void assertWorks(ApplicationContext context) {
    await().ignoreExceptions().untilAsserted(() -> use(context));
  }

  private static void assertRefused(ApplicationContext context) {
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> use(context))
                    .isInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining("password authentication failed"));
  }

  private static void use(ApplicationContext context) throws SQLException {
    try (Connection connection = pool(context).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /// Ends the pool's sessions, as a rotation does not: a new connection is needed now.
  private void dropConnections() {
    new Database(url)
        .rows(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '%s'"
                .formatted(role));
  }

  private void secret(String name, String value) {
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/secrets/"))
            .withRequestBody(matchingJsonPath("$.SecretId", equalTo(ARN + name)))
            .willReturn(
                okJson(
                    "{\"ARN\":\"%s\",\"Name\":\"%s\",\"SecretString\":\"%s\"}"
                        .formatted(ARN + name, name, value.replace("\"", "\\\"")))));
  }

  private int fetches() {
    RequestPatternBuilder fetch =
        postRequestedFor(urlEqualTo("/secrets/"))
            .withRequestBody(matchingJsonPath("$.SecretId", equalTo(ARN + role)));
    return TestServers.HTTP.findAll(fetch).size();
  }

  private String place(String login) {
    return url.replace("postgres:postgres", login);
  }

  private static Map<String, Object> verb(String verb) {
    return Map.of("verb", verb);
  }

  private ApplicationContext start(String databaseUrl) {
    return ApplicationContext.builder("function")
        .properties(Map.of("database.url", databaseUrl))
        .start();
  }

  private ApplicationContext start() {
    settings.put("stipend.database.wake-up", "0s");
    settings.put("datasources.default.connection-timeout", 1000);
    return ApplicationContext.builder("function").properties(settings).start();
  }
}
