package dev.stipend.notification.table;

import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Scope;
import dev.stipend.platform.json.Labels;
import java.util.Optional;

/// An alert as it was raised.
///
/// @param record what the log has of it
/// @param snapshot what was said of it
record RaisedAlert(AlertRecord record, AlertSnapshot snapshot) {
  /// The id of the one user that it is about; empty where a budget counts something else.
  Optional<String> user() {
    return snapshot.budget().scope().equals(Labels.of(Scope.USER))
        ? Optional.of(record.subject())
        : Optional.empty();
  }
}
