/// Reads `template.yaml`, so that this machine runs what AWS would run.
///
/// The deployment is described once. The local runtime takes batch sizes, visibility timeouts,
/// schedules and routes from the same file as AWS, and {@code TemplateTest} holds that file against
/// the code.
///
/// - Short tags (`!Ref`, `!GetAtt`, `!If`, …) are values like any other: nothing is evaluated
///   except a `!Ref` to a parameter that has a default.
/// - `Globals.Function` is laid under each function's properties as SAM does it: mappings are
///   merged, anything else is replaced.
/// - What the template leaves out has the default of the AWS service, not one of ours.
/// - A value of the wrong shape is an {@link java.lang.IllegalArgumentException} that names its
///   path.
///
/// This package does not run anything, knows no handler class, and does not judge whether the
/// template would deploy: `cfn-lint` does.
@NullMarked
package dev.stipend.local.template;

import org.jspecify.annotations.NullMarked;
