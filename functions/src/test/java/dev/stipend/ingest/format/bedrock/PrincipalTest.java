package dev.stipend.ingest.format.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrincipalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arn:aws:sts::111122223333:assumed-role/Role/session | session | Role",
        "arn:aws-us-gov:sts::111122223333:assumed-role/Role/ann@example.com | ann@example.com"
            + " | Role",
        "arn:aws:sts::111122223333:assumed-role/app/botocore-session-1781524700 | app | app",
        "arn:aws:sts::111122223333:assumed-role/app/aws-sdk-java-1781524700123 | app | app",
        "arn:aws:sts::111122223333:assumed-role/app/aws-sdk-js-session-1781524700123 | app | app",
        "arn:aws:sts::111122223333:assumed-role/app/i-0123456789abcdef0 | app | app",
        "arn:aws:sts::111122223333:assumed-role/app/0123456789abcdef0123456789abcdef | app | app",
        "arn:aws:sts::111122223333:assumed-role/app/1781524700123456789 | app | app",
        "arn:aws:sts::111122223333:assumed-role/app/eks-prod-api-7d9-0a1b2c3d-0001-4000-8000-0123456789ab"
            + " | app | app",
        "arn:aws:sts::111122223333:assumed-role/app/i-robot | i-robot | app",
        "arn:aws:iam::111122223333:user/ann | ann | ''",
        "arn:aws:iam::111122223333:user/team/a/ann | ann | ''",
        "arn:aws:iam::111122223333:role/service-role/app | app | app",
        "arn:aws:sts::111122223333:federated-user/ann | ann | ''",
        "arn:aws:iam::111122223333:root | root | ''",
        "somebody else | somebody else | ''"
      })
  void whoCalledIsAPersonsSessionOrUserElseTheRole(String arn, String user, String role) {
    Principal principal = Principal.of(arn);
    assertThat(principal.user()).isEqualTo(user);
    assertThat(principal.role()).isEqualTo(role);
  }
}
