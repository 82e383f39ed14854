package dev.stipend.platform.database;

import dev.stipend.platform.sql.DatabaseUrl;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Makes the passwords of RDS's IAM authentication: a signed request to connect, which the server
/// takes for 15 minutes. Nothing is asked of the network, so each connection gets its own, and none
/// grows old. It is what `RdsUtilities` of the SDK makes, without the 6 MB around it.
@Singleton
final class RdsTokens {
  private static final Duration TAKEN = Duration.ofMinutes(15);
  private static final Pattern REGION =
      Pattern.compile("\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\.rds\\.amazonaws\\.com(?:\\.cn)?$");
  private static final String SCHEME = "https://";

  private final BeanProvider<AwsCredentialsProvider> credentials;
  private final InstantSource clock;

  RdsTokens(BeanProvider<AwsCredentialsProvider> credentials, InstantSource clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  /// The same URL with a password that holds now.
  ///
  /// @param variable where the URL is from, for the error
  /// @throws IllegalStateException if it names nobody, or there is nothing to sign with
  DatabaseUrl sign(String variable, DatabaseUrl url) {
    Properties parts = Objects.requireNonNull(Driver.parseURL(url.jdbcUrl(), new Properties()));
    String user =
        url.user()
            .filter(name -> !name.isBlank())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        variable
                            + " names no user; with DATABASE_IAM_AUTH=true it needs the role that"
                            + " has rds_iam, as in postgresql://stipend@host:5432/database"));
    String host = Objects.requireNonNull(PGProperty.PG_HOST.getOrDefault(parts));
    int port = Integer.parseInt(Objects.requireNonNull(PGProperty.PG_PORT.getOrDefault(parts)));
    return url.as(user, token(host, port, user)).encrypted();
  }

  private String token(String host, int port, String user) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol("https")
            .host(host)
            .port(port)
            .encodedPath("/")
            .putRawQueryParameter("DBUser", user)
            .putRawQueryParameter("Action", "connect")
            .build();
    try {
      return AwsV4HttpSigner.create()
          .sign(
              signing ->
                  signing
                      .identity(credentials.get().resolveCredentials())
                      .request(request)
                      .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                      .putProperty(AwsV4HttpSigner.REGION_NAME, region(host))
                      .putProperty(
                          AwsV4HttpSigner.AUTH_LOCATION,
                          AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                      .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, TAKEN)
                      .putProperty(HttpSigner.SIGNING_CLOCK, clock.withZone(ZoneOffset.UTC)))
          .request()
          .getUri()
          .toString()
          .substring(SCHEME.length());
    } catch (SdkException failure) {
      throw new IllegalStateException(
          "DATABASE_IAM_AUTH is true, and there is nothing to sign with: " + failure.getMessage(),
          failure);
    }
  }

  /// From the host name; behind a custom name, it is the function's region.
  private static String region(String host) {
    Matcher region = REGION.matcher(host);
    return region.find() ? region.group(1) : new DefaultAwsRegionProviderChain().getRegion().id();
  }
}
