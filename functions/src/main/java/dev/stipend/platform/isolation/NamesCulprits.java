package dev.stipend.platform.isolation;

import java.util.List;

/// A failure that knows which rows are to blame, so that nobody has to search for them.
public interface NamesCulprits {
  List<WorkItem> culprits();
}
