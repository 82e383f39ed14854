/// Formats of usage: every form that Stipend understands, converted to the native one.
///
/// - A form is recognised by its shape: a native event, a CloudEvents 1.0 envelope in JSON, a
///   LiteLLM `StandardLoggingPayload`, an OTLP/JSON export of traces with OpenTelemetry's GenAI
///   attributes, or one of logs with those or a coding agent's, a record of Amazon Bedrock's model
///   invocation log, or what a subscription to CloudWatch Logs delivers. One message may hold
///   several events; each is refused alone.
/// - This package translates and does not judge: the values of another form become fields of a
///   native event, and the one reader of native events accepts or refuses them. A refusal names the
///   field as its sender knows it.
/// - A native event passes through as it is, without a copy.
/// - Of a trace, the calls of models count, once each, and not what repeats them: that is told by
///   the spans' places below each other. How libraries name what they tell is one table,
///   `senders/opentelemetry.json`.
/// - What looks like usage and is in no table is handed out beside the event, and never counted.
/// - Unknown fields of other forms are ignored; those forms carry whole conversations.
/// - Attribution that is too long, by itself or together, or holds control characters, is shortened
///   and distinguished by a fingerprint, because an event must not be lost for a name. An id of
///   such a kind becomes its fingerprint, because two ids must not become one.
/// - A name without a visible character counts as absent. Such an id is refused.
/// - Pure: no clock, no database, no framework.
///
/// Does not own: what a valid event is (package `ingest.ledger`), JSON (package `platform.json`),
/// HTTP, queues.
@NullMarked
package dev.stipend.ingest.format;

import org.jspecify.annotations.NullMarked;
