/// Usage in objects of a bucket: what tells that there is a new object, and how one is read.
///
/// - A message that tells of objects is what S3 sends to a queue, the same through SNS, or what
///   EventBridge sends. S3's own test of the way, and messages of what happened to an object
///   otherwise, tell of none.
/// - Only objects of the one bucket that the operator has wired (`BEDROCK_LOG_BUCKET`) are read,
///   and of these only Amazon Bedrock's model invocation logs. Bodies that Bedrock stores beside
///   them, and what it writes to try its permissions, are passed over.
/// - An object is bounded, as it is stored and inflated. It is fetched as a whole before its first
///   line is read, so that no connection stays open while lines are recorded; its lines are read
///   one by one.
/// - What is wrong with an object is told by {@link UnusableObjectException}; any other failure may
///   be over the next time.
///
/// Does not own: the form of a line (package `ingest.format`), how lines are recorded
/// (`usecase.RecordObjects`).
@NullMarked
package dev.stipend.ingest.objects;

import org.jspecify.annotations.NullMarked;
