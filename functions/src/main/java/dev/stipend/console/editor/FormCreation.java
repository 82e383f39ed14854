package dev.stipend.console.editor;

import dev.stipend.budget.edit.BudgetCreation;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.platform.secrets.Sha256;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.IdempotencyStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes the budget of a form once, however often the same form is sent.
@Singleton
class FormCreation {
  private final BudgetCreation creation;
  private final IdempotencyStore answers;

  FormCreation(BudgetCreation creation, IdempotencyStore answers) {
    this.creation = creation;
    this.answers = answers;
  }

  /// Answers the id of the budget. A form that is changed and sent again makes another one.
  String create(Caller caller, BudgetForm form, NewBudget wanted, Instant now) {
    byte[] digest =
        Sha256.of(new TreeMap<>(form.fields()).toString() + new TreeSet<>(form.channels()));
    return answers.answer(
        caller.workspace().id(),
        "form " + HexFormat.of().formatHex(digest),
        digest,
        now,
        () -> creation.create(caller.workspace().id(), wanted, now).id().toString());
  }
}
