/// Alerts as rows of a table of the watched application.
///
/// - Implements the port {@link dev.stipend.notification.send.Notifier} for channels of kind
///   `table`. A preset says which table it is and which of its columns are written; no other column
///   is touched. The URL of the database is a secret of the channel's workspace (`urlSecret`), and
///   never that of Stipend's own.
/// - One alert is one row, however often it is sent: the row's key is the alert's id. Nothing else
///   of the host remembers what was written.
/// - A row says how the alert stands now, whatever notice is sent: the state is read while the row
///   is locked, so that the last who writes has seen the latest. An acknowledgement or a resolution
///   that the host itself has set stays, and does not come back.
/// - An alert that the table has no place for, such as one without a user of the host, is declined
///   with a reason. What may pass, such as an outage, is tried again. All else is final, such as a
///   missing table or privilege.
///
/// Does not own: which notices are sent, when to try again, the session on the host.
@NullMarked
package dev.stipend.notification.table;

import org.jspecify.annotations.NullMarked;
