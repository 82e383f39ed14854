package dev.stipend.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AfterCommitTest {
  @Test
  void aPieceThatFailsIsLeftAndTheOthersAreDoneInTheirOrder() {
    List<String> done = new ArrayList<>();
    AfterCommit later = new AfterCommit();
    later.add(() -> done.add("first"));
    later.add(
        () -> {
          throw new IllegalStateException("the queue does not answer");
        });
    later.add(() -> done.add("last"));

    later.run();

    assertThat(done).containsExactly("first", "last");
  }
}
