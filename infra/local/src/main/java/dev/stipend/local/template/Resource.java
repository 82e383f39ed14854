package dev.stipend.local.template;

import java.util.List;

/// One entry of `Resources`, as far as all types have it in common.
///
/// @param properties `Globals` included where the type has them
record Resource(String logicalId, String type, List<Object> dependsOn, Block properties) {
  static final String FUNCTION = "AWS::Serverless::Function";
  static final String QUEUE = "AWS::SQS::Queue";

  static Resource of(String logicalId, Block declaration, Block functionGlobals) {
    String type = declaration.requiredText("Type");
    Block properties = declaration.block("Properties");
    return new Resource(
        logicalId,
        type,
        declaration.oneOrMore("DependsOn"),
        type.equals(FUNCTION) ? properties.over(functionGlobals) : properties);
  }
}
