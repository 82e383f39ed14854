package dev.stipend.spend;

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
    String model) {}
