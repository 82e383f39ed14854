package dev.stipend.cli;

import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import io.micronaut.context.ApplicationContext;
import picocli.CommandLine.Option;

/// The workspace that a command works in.
final class WorkspaceOption {
  @Option(
      names = "--workspace",
      paramLabel = "SLUG",
      defaultValue = Workspace.DEFAULT_SLUG,
      description = "The workspace (${DEFAULT-VALUE}).")
  private String slug = Workspace.DEFAULT_SLUG;

  /// @throws IllegalStateException if there is no such workspace
  Workspace find(ApplicationContext context) {
    return context
        .getBean(WorkspaceRepository.class)
        .findBySlug(slug)
        .orElseThrow(() -> new IllegalStateException("There is no workspace " + slug + "."));
  }
}
