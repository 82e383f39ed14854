/// What tests stand on: one PostgreSQL server and one SQS server per JVM, a settable clock, and a
/// harness that drives the functions by their Lambda handlers.
@NullMarked
package dev.stipend.support;

import org.jspecify.annotations.NullMarked;
