package dev.stipend.notification.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new UnknownHostException("x"), "the name of its host is not known"),
        Arguments.of(
            new ConnectException().initCause(new UnresolvedAddressException()),
            "the name of its host is not known"),
        Arguments.of(new SSLHandshakeException("x"), "no secure connection could be made"),
        Arguments.of(new ConnectException("x"), "the connection was refused"),
        Arguments.of(new SocketTimeoutException("x"), "it did not answer in time"),
        Arguments.of(new HttpConnectTimeoutException("x"), "it did not answer in time"),
        Arguments.of(new IOException("x"), "the connection broke"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void typeSaysWhatHappened(Throwable failure, String said) {
    assertThat(NetworkFailure.describe(failure)).isEqualTo(said);
    assertThat(NetworkFailure.describe(new IllegalStateException(failure))).isEqualTo(said);
  }

  @Test
  void nothingOfAMessageIsToldOn() {
    assertThat(NetworkFailure.describe(new IOException("https://hooks.example.com/secret")))
        .doesNotContain("secret", "example");
  }
}
