package dev.stipend.notification.email;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;

/// SendGrid's v3 API.
@Client(
    value = "${sendgrid.url:`https://api.sendgrid.com`}",
    configuration = SendGridConfiguration.class)
interface SendGridClient {
  /// Takes a mail for sending; the answer to that is 202.
  ///
  /// @param authorization `Bearer` and the key
  @Post("/v3/mail/send")
  HttpResponse<String> send(
      @Header(HttpHeaders.AUTHORIZATION) String authorization, @Body SendGridMail mail);
}
