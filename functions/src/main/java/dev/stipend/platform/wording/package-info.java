/// What people read: reasons, words, numbers and dates in their language.
///
/// - {@link Reason} says why something was decided, as a code with parameters. It is stored and
///   sent as such, and worded by one catalogue when somebody reads it.
/// - {@link MessageCatalog} is the catalogue of one language: `words*.properties`. English holds
///   every key; what another language lacks is English.
/// - Amounts are shown with their currency, rounded by one rule.
///
/// Does not own: what was decided, who reads it, how a message is laid out.
@NullMarked
package dev.stipend.platform.wording;

import org.jspecify.annotations.NullMarked;
