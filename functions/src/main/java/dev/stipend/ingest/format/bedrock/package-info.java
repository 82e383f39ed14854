/// Amazon Bedrock's model invocation log, read in parts: who called, what the caller said of the
/// call, which model answered, and what an answer tells of its tokens.
///
/// - The record is that of Bedrock's schema `ModelInvocationLog` 1.0. Which of its fields become
///   which of an event's, is told by `ingest.format`.
/// - Who called is the principal: the name of a role's session, or of an IAM user. A name that a
///   machine made for itself says nothing of anybody; the role stands in its place.
/// - What the caller said (`requestMetadata`) names whom the call belongs to by keys in any
///   spelling; whatever else it says is kept as labels.
/// - Of an answer only its usage and the name of its model are read, in the forms of Converse, of
///   Anthropic's messages and of streams of both. Prompts and answers are never kept.
/// - Pure: no clock, no database, no framework.
///
/// Does not own: where the log is (package `ingest.objects`), what a valid event is.
@NullMarked
package dev.stipend.ingest.format.bedrock;

import org.jspecify.annotations.NullMarked;
