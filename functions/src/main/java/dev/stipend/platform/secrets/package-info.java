/// Settings and secrets of the environment, and what is derived from them.
///
/// - A setting `NAME` may be given as `NAME_ARN`, the ARN of a secret that holds it. It is fetched
///   when it is needed, and never logged.
/// - A name `STIPEND_SECRET_<WORKSPACE>__NAME` belongs to that workspace alone; only the default
///   workspace may use the names of the deployment.
/// - API keys and signatures use the operating system's randomness and constant-time comparison.
///
/// Does not own: which secret a channel names, who may call the API.
@NullMarked
package dev.stipend.platform.secrets;

import org.jspecify.annotations.NullMarked;
