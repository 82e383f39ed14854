/// An observer from outside. It knows what went in (events, edits, the clock, faults, outages),
/// what each channel received and what the API answers to people. It judges whether somebody was
/// left untold, was told what never happened, or was told twice.
///
/// It shares nothing with the engine. It has a calendar, sums and rules of its own, taken from what
/// users are promised, and imports nothing of the product but what tests use to drive it.
@NullMarked
package dev.stipend.oracle;

import org.jspecify.annotations.NullMarked;
