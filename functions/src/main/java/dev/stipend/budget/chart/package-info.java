/// Charts of spend as figures, whoever draws them: what grows, what it is compared with, where
/// limits are.
///
/// - A place on the time axis is a share of the range, from 0 to 1; amounts are exact.
///
/// Does not own: pictures, words, the figures themselves.
@NullMarked
package dev.stipend.budget.chart;

import org.jspecify.annotations.NullMarked;
