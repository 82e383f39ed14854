/// The tenant, and the keys by which callers prove which tenant they are.
///
/// - Every row of every table carries a workspace's id, and every unique key starts with it;
///   nothing crosses workspaces.
/// - A key is 32 random bytes that only its owner knows; the database holds their SHA-256.
///   Revocation holds from the next request on, because nothing is cached. A key is shown once,
///   when it is made ({@link dev.stipend.workspace.KeyRing}); randomness comes from the port {@link
///   dev.stipend.workspace.KeySource}.
/// - A workspace keeps at least one valid admin key, and nobody revokes the key they call with.
/// - When a key was last used is kept to the hour; a use that cannot be noted is a use all the
///   same.
/// - Roles: `admin` may do all, `ingest` may record and ask, `read` may ask.
///
/// Does not own: what a workspace contains, HTTP, the transport of keys.
@NullMarked
package dev.stipend.workspace;

import org.jspecify.annotations.NullMarked;
