package dev.stipend.ingest.objects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NewObjectTest {
  private static final String HOUR =
      "AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/06/15/11/";

  @ParameterizedTest
  @CsvSource({
    "'',20260615T115930123Z_0123456789abcdef.json.gz,true",
    "a/b/,20260615T115930123Z_0123456789abcdef.json.gz,true",
    "data/,20260615T115930123Z_0123456789abcdef.json.gz,true",
    "'',20260615T115930123Z_0123456789abcdef.json,true",
    "'',data/0a1b2c3d_output.json.gz,false",
    "'',amazon-bedrock-logs-permission-check,false",
    "'',amazon-bedrock-logs-permission-check.json,false",
    "'',readme.txt,false"
  })
  void aLogIsKnownByItsKey(String prefix, String name, boolean expected) {
    assertThat(new NewObject("b", prefix + HOUR + name).isInvocationLog()).isEqualTo(expected);
  }
}
