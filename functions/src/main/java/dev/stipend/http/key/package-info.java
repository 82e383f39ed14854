/// Requests about API keys and the audit log.
///
/// - A key is shown once, in the answer that makes it; lists show only its id.
/// - Every edit is in the audit log, and the log is read here by those who may.
///
/// Does not own: keys and the log (package `tenant`).
@NullMarked
package dev.stipend.http.key;

import org.jspecify.annotations.NullMarked;
