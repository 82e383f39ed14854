/// The tenant, the keys by which callers prove which tenant they are, and what they did.
///
/// - Every row of every table carries a workspace's id, and every unique key starts with it;
///   nothing crosses workspaces.
/// - A key is 32 random bytes that only its owner knows; the database holds their SHA-256.
///   Revocation holds from the next request on, because nothing is cached. A key is shown once,
///   when it is made ({@link dev.stipend.tenant.KeyRing}); randomness comes from the port {@link
///   dev.stipend.platform.secrets.KeySource}.
/// - A workspace keeps at least one valid admin key, and nobody revokes the key they call with.
/// - When a key was last used is kept to the hour; a use that cannot be noted is a use all the
///   same.
/// - Roles: `admin` may do all, `ingest` may record and ask, `read` may ask.
/// - The audit log says who did what to what, when, and what it was before and after. An entry is
///   written in the transaction of the deed and never changed; it holds no secret.
/// - A request with an idempotency key may be repeated: the first answer is written in the
///   transaction of the work, so that there is no work without its answer. The same key with
///   another request is a {@link KeyReusedException}. Only successes are kept, for a day.
///
/// Does not own: what a workspace contains, HTTP, the transport of keys.
@NullMarked
package dev.stipend.tenant;

import org.jspecify.annotations.NullMarked;
