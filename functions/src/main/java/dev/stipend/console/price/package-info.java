/// Prices: models that wait for one, what models cost by the workspace's own prices and by the
/// list's, and for admins new prices with what they would mean.
///
/// Does not own: prices, what they mean for usage that waits.
@NullMarked
package dev.stipend.console.price;

import org.jspecify.annotations.NullMarked;
