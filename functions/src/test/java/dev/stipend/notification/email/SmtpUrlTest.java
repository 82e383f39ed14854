package dev.stipend.notification.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpUrlTest {
  private static SmtpUrl parse(String value) {
    return SmtpUrl.parse("SMTP_URL", value);
  }

  @Test
  void smtpUsesTheSubmissionPortUnlessToldOtherwise() {
    assertThat(parse(" smtp://mail.example.com\n"))
        .isEqualTo(new SmtpUrl(false, "mail.example.com", 587, Optional.empty(), false));
    assertThat(parse("smtp://mail.example.com:25").port()).isEqualTo(25);
  }

  @Test
  void smtpsSpeaksTlsFromTheStart() {
    assertThat(parse("smtps://mail.example.com"))
        .isEqualTo(new SmtpUrl(true, "mail.example.com", 465, Optional.empty(), false));
  }

  @Test
  void starttlsCanBeRequired() {
    assertThat(parse("smtp://mail.example.com?starttls=required").starttlsRequired()).isTrue();
  }

  @Test
  void userAndPasswordAreDecodedAndPlusIsAPlus() {
    assertThat(parse("smtp://a%40b:c%3Ad+e%2F@h:1").login())
        .contains(new SmtpUrl.Login("a@b", "c:d+e/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp:mail.example.com",
        "smtp://user@mail.example.com",
        "smtp://user:@mail.example.com",
        "smtp://:s3cret@mail.example.com",
        "smtp://u:s3cret@mail.example.com:x",
        "smtp://u:s3cret%@mail.example.com",
        "smtp://u:s3 cret@mail.example.com",
        "smtp://u:s3cret@mail.example.com?starttls=no"
      })
  void whatIsMalformedIsNamedAndNotTold(String value) {
    assertThatThrownBy(() -> parse(value))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessage("SMTP_URL is not of the form smtp://user:password@host:587 (or smtps://)")
        .hasNoCause();
  }

  @Test
  void passwordIsNotShown() {
    assertThat(parse("smtp://u5er:s3cret@h").toString()).doesNotContain("u5er", "s3cret");
  }
}
