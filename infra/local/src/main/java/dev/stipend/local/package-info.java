/// Runs Stipend on one machine: `mvn -Plocal`.
///
/// Everything that AWS would be is a stand-in here, and everything that Stipend is runs as it is:
/// the functions behind their real handler classes, with real event objects, in one application
/// context.
///
/// - Start order: data directory, port, database, queues, catchers, context, migration,
///   maintenance, pollers, schedules, HTTP. Stop order is the reverse, at the end, on Ctrl-C, on
///   SIGTERM and when Maven is gone.
/// - What is deployed is read from `template.yaml`; nothing of it is repeated here.
/// - The environment decides which services are real: with `SLACK_WEBHOOK_URL` or
///   `SENDGRID_API_KEY` set, their catchers are not used. It never decides the database or the
///   queues.
/// - What a person can put right is one sentence without a stack trace.
///
/// This package does not own any rule of the product, and changes no table itself.
@NullMarked
package dev.stipend.local;

import org.jspecify.annotations.NullMarked;
