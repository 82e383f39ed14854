package dev.stipend.maintenance.archive;

/// How the rows of an archive are written.
enum ArchiveFormat {
  /// A JSON object on each line, without the fields that say nothing.
  JSONL(
      """
      COPY (
        SELECT json_strip_nulls(json_build_object(
          'workspace', w.slug,
          'eventId', u.event_id,
          'occurredAt', %1$s,
          'recordedAt', %2$s,
          'kind', u.kind,
          'corrects', u.corrects,
          'userId', nullif(u.user_id, ''),
          'agentId', nullif(u.agent_id, ''),
          'workflowId', nullif(u.workflow_id, ''),
          'teamId', nullif(u.team_id, ''),
          'provider', nullif(u.provider, ''),
          'model', nullif(u.model, ''),
          'inputTokens', nullif(u.input_tokens, 0),
          'cachedInputTokens', nullif(u.cached_input_tokens, 0),
          'cacheWriteTokens', nullif(u.cache_write_tokens, 0),
          'audioInputTokens', nullif(u.audio_input_tokens, 0),
          'outputTokens', nullif(u.output_tokens, 0),
          'reasoningTokens', nullif(u.reasoning_tokens, 0),
          'audioOutputTokens', nullif(u.audio_output_tokens, 0),
          'details', u.details,
          'cost', CAST(trim_scale(u.cost) AS text),
          'currency', w.currency,
          'unpriced', nullif(u.unpriced, 0),
          'tags', nullif(u.tags, '{}')))
        %3$s)
      TO STDOUT (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')
      """),
  /// RFC 4180 with a header. The tags are one JSON object.
  CSV(
      """
      COPY (
        SELECT w.slug AS workspace, u.event_id AS "eventId", %1$s AS "occurredAt", %2$s AS "recordedAt",
          u.kind, u.corrects, u.user_id AS "userId", u.agent_id AS "agentId", u.workflow_id AS "workflowId",
          u.team_id AS "teamId", u.provider, u.model, u.input_tokens AS "inputTokens",
          u.cached_input_tokens AS "cachedInputTokens", u.cache_write_tokens AS "cacheWriteTokens",
          u.audio_input_tokens AS "audioInputTokens", u.output_tokens AS "outputTokens",
          u.reasoning_tokens AS "reasoningTokens", u.audio_output_tokens AS "audioOutputTokens",
          u.details, trim_scale(u.cost) AS cost, w.currency, u.unpriced, u.tags
        %3$s)
      TO STDOUT (FORMAT csv, HEADER)
      """);

  private final String copy;

  ArchiveFormat(String copy) {
    this.copy = copy;
  }

  /// The statement by which PostgreSQL itself writes a month. (JSON has no control characters, so
  /// with these as quote and delimiter its lines come out as they are; the format of texts would
  /// double their backslashes.)
  ///
  /// @param table the month's partition
  String copy(String table) {
    return copy.formatted(
        time("u.occurred_at"),
        time("u.recorded_at"),
        "FROM stipend.%s u JOIN stipend.workspaces w ON w.id = u.workspace_id".formatted(table));
  }

  private static String time(String column) {
    return "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')".formatted(column);
  }
}
