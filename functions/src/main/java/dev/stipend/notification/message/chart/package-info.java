/// Pictures of spend, as PNG.
///
/// - From what is to be seen ({@link dev.stipend.notification.message.chart.BurnDownData}) to
///   bytes: no clock, no settings, no words of its own. Amounts become pixels here, and nothing
///   else.
/// - Text is drawn as outlines that are a resource (`glyphs.txt`). Java's own fonts ask the machine
///   for fontconfig and FreeType, which a function may find missing.
/// - The same input is the same picture, on every machine.
///
/// Does not own: what labels say, where pictures go.
@NullMarked
package dev.stipend.notification.message.chart;

import org.jspecify.annotations.NullMarked;
