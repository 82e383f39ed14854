/// Tables that people open in spreadsheets.
///
/// - Text stays text: what a spreadsheet would run as a formula begins with an apostrophe. Numbers
///   and times stay as they are.
/// - A table is bounded by what a function may answer; it takes no row that would make it larger.
///
/// Does not own: what is in a table, and how the rest of one that was cut is asked for.
@NullMarked
package dev.stipend.platform.csv;

import org.jspecify.annotations.NullMarked;
