/// Where the pure and the real world meet: the clock, randomness, the environment's settings and
/// secrets, the data source.
///
/// - The only place that asks for the time or for random numbers.
/// - A setting `NAME` may be given as `NAME_ARN`, the ARN of a secret that holds it; secrets are
///   fetched when they are needed and never logged.
/// - The data source connects with what the environment says at that moment, and refuses a database
///   whose schema is older than this build.
///
/// Nobody imports this package: it implements ports that others declare.
@NullMarked
package dev.stipend.wiring;

import org.jspecify.annotations.NullMarked;
