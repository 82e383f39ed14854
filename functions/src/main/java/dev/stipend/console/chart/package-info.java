/// Pictures in pages: charts and bars as shapes of SVG.
///
/// - A picture is drawn from exact figures, in tenths of a unit. What it shows is told beside it,
///   as a sentence and as a table, for who cannot see it.
///
/// Does not own: figures.
@NullMarked
package dev.stipend.console.chart;

import org.jspecify.annotations.NullMarked;
