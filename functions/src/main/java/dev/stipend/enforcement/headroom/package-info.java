/// What is left of each budget that counts a piece of work.
///
/// - One statement reads the limit, the spend and the holds of all of them as of one committed
///   state.
/// - What was read may be cached for repeated work. The cache is valid only while the stamp of the
///   workspace's budgets is unchanged, and the statement that admits work checks that stamp.
/// - Expired holds count as free.
///
/// Does not own: the decision, the holds, the editing of budgets.
@NullMarked
package dev.stipend.enforcement.headroom;

import org.jspecify.annotations.NullMarked;
