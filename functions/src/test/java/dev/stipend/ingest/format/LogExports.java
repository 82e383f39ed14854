package dev.stipend.ingest.format;

/// Exports of one log record, written with single quotes in place of double ones.
final class LogExports {
  static final String CLAUDE_CALL =
      "{'key':'event.name','value':{'stringValue':'api_request'}},"
          + "{'key':'session.id','value':{'stringValue':'s1'}},"
          + "{'key':'event.sequence','value':{'intValue':'10'}},"
          + "{'key':'model','value':{'stringValue':'claude-sonnet-4-5'}},"
          + "{'key':'input_tokens','value':{'intValue':'5'}}";

  static final String CODEX_CALL =
      "{'key':'event.name','value':{'stringValue':'codex.sse_event'}},"
          + "{'key':'event.kind','value':{'stringValue':'response.completed'}},"
          + "{'key':'conversation.id','value':{'stringValue':'c1'}},"
          + "{'key':'model','value':{'stringValue':'gpt-5.1-codex'}},"
          + "{'key':'input_token_count','value':{'stringValue':'5'}}";

  static final String GEMINI_CALL =
      "{'key':'event.name','value':{'stringValue':'gemini_cli.api_response'}},"
          + "{'key':'session.id','value':{'stringValue':'g1'}},"
          + "{'key':'model','value':{'stringValue':'gemini-2.5-pro'}},"
          + "{'key':'input_token_count','value':{'intValue':5}}";

  private LogExports() {}

  static String log(String scope, String resource, String attributes) {
    return log(scope, resource, "", attributes);
  }

  static String log(String scope, String resource, String fields, String attributes) {
    return """
    {"resourceLogs":[{"resource":{"attributes":[%s]},"scopeLogs":[{"scope":{"name":"%s"},"logRecords":[
     {"timeUnixNano":"1781524770000000000",%s"attributes":[%s]}]}]}]}\
    """
        .formatted(resource, scope, fields, attributes)
        .replace('\'', '"');
  }

  static String text(String key, String value) {
    return ",{'key':'%s','value':{'stringValue':'%s'}}".formatted(key, value);
  }
}
