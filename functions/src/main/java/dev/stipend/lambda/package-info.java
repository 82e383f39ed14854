/// One class per Lambda function, named as its logical id in template.yaml.
///
/// - A handler translates an event into one call of the domain and its answer back; it decides
///   nothing.
/// - Queue handlers answer which messages failed, so that a failed message fails alone.
/// - Every handler has a constructor without arguments, for Lambda, and one that takes a running
///   context, for programs that run several in one process.
///
/// The only place that knows Lambda's event types. Nobody imports this package.
@NullMarked
package dev.stipend.lambda;

import org.jspecify.annotations.NullMarked;
