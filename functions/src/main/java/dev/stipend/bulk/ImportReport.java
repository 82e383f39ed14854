package dev.stipend.bulk;

import java.nio.file.Path;
import java.util.Optional;

/// How an import ended.
///
/// @param counts of the whole file, earlier runs included
/// @param rowsBefore rows that an earlier run had done
/// @param rejections the file with what was rejected, and why; empty when nothing was
public record ImportReport(ImportCounts counts, long rowsBefore, Optional<Path> rejections) {}
