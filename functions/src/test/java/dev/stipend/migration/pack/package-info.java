/// The packs as an operator meets them: up and down, beside strangers, in two schemas, with sample
/// data and checks.
package dev.stipend.migration.pack;
