/// Sessions on databases of the applications that Stipend watches. They belong to somebody else,
/// who may be hostile.
///
/// - Who connects is named by a secret of a workspace; without one it is the function's own
///   database, which only an operator may ask for.
/// - The host must be on the operator's list ({@link dev.stipend.platform.host.HostAllowList}). The
///   address that is connected to is looked at once more, so no answer of a name server can come in
///   between.
/// - A session reads only, unless it is opened to write. Each transaction has limits of its own:
///   for statements, for locks, for how much an answer may weigh.
/// - A failure is told in a sentence that may name the host, and never has a password or a value
///   ({@link dev.stipend.platform.host.HostException}).
///
/// Does not own: what is read or written, which secret a workspace may name.
@NullMarked
package dev.stipend.platform.host;

import org.jspecify.annotations.NullMarked;
