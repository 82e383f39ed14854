package dev.stipend.ingest.ledger;

import java.util.LinkedHashMap;
import java.util.Map;

/// Whom and what a cost belongs to. What is not known is the empty text.
///
/// @param userId who asked
/// @param agentId the agent that worked
/// @param workflowId the workflow it worked in
/// @param teamId the team that pays
/// @param provider who served the model
/// @param model the model's name at its provider
public record Attribution(
    String userId,
    String agentId,
    String workflowId,
    String teamId,
    String provider,
    String model) {
  /// How many characters it has, all names together.
  public int length() {
    return userId.length()
        + agentId.length()
        + workflowId.length()
        + teamId.length()
        + provider.length()
        + model.length();
  }

  /// What is known, by the names of the fields.
  public Map<String, String> known() {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("userId", userId);
    known.put("agentId", agentId);
    known.put("workflowId", workflowId);
    known.put("teamId", teamId);
    known.put("provider", provider);
    known.put("model", model);
    known.values().removeIf(String::isEmpty);
    return known;
  }
}
