/// Lists of prices: the one that is part of the product, and those of other tools.
///
/// - A list is data with the date and the source of each price.
/// - A list is imported as a whole: nothing of a list that has an error is taken.
///
/// Does not own: which price holds for an event (package `ingest.price`).
@NullMarked
package dev.stipend.ingest.price.list;

import org.jspecify.annotations.NullMarked;
