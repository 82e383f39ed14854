package dev.stipend.local.template;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Turns every local tag into an {@link Intrinsic} and builds no class that a file names.
final class ShortTagConstructor extends SafeConstructor {
  ShortTagConstructor() {
    super(options());
    yamlMultiConstructors.put("!", new ShortTag());
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    // The last of two equal keys would win without a word.
    options.setAllowDuplicateKeys(false);
    return options;
  }

  private final class ShortTag extends AbstractConstruct {
    @Override
    public Object construct(Node node) {
      Object argument =
          switch (node) {
            case ScalarNode scalar -> constructScalar(scalar);
            case SequenceNode sequence -> constructSequence(sequence);
            case MappingNode mapping -> constructMapping(mapping);
            default -> throw new IllegalArgumentException("an anchor has no tag: " + node);
          };
      return new Intrinsic(node.getTag().getValue().substring(1), argument);
    }
  }
}
