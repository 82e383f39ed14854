package dev.stipend.cli;

import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.tenant.Workspace;
import io.micronaut.context.ApplicationContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The source that a command is about.
final class SourceOption {
  @Mixin private WorkspaceOption workspace;

  @Parameters(paramLabel = "NAME", description = "The source.")
  private String name;

  Workspace workspace(ApplicationContext context) {
    return workspace.find(context);
  }

  /// @throws IllegalStateException if there is no such source
  SpendSource find(ApplicationContext context) {
    return context.getBean(SourceRepository.class).list(workspace(context).id()).stream()
        .filter(one -> one.settings().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "There is no source " + name + "; stipend source list shows them."));
  }
}
