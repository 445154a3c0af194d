package io.crescendo.streams;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/**
 * Draws a topology as a <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid
 * flowchart</a>: topics as rounded boxes, stores as cylinders, operators as boxes.
 */
final class TopologyDiagram {

  private final Map<String, String> ids = new LinkedHashMap<>();
  private final TreeSet<String> topics = new TreeSet<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> arrows = new ArrayList<>();

  private TopologyDiagram() {}

  /** The lines of the diagram, each ended by a newline. */
  static String of(TopologyDescription topology) {
    TopologyDiagram diagram = new TopologyDiagram();
    topology.subtopologies().stream()
        .sorted(Comparator.comparing(Subtopology::id))
        .forEach(diagram::draw);
    diagram.topics.forEach(
        topic -> diagram.lines.add("  %s([\"%s\"])".formatted(diagram.id("topic", topic), topic)));
    return "flowchart TB\n"
        + String.join("\n", diagram.lines)
        + "\n"
        + String.join("\n", diagram.arrows)
        + "\n";
  }

  private void draw(Subtopology subtopology) {
    lines.add("  subgraph sub%s[\"sub-topology %1$s\"]".formatted(subtopology.id()));
    List<Node> nodes = new ArrayList<>(subtopology.nodes());
    nodes.sort(Comparator.comparing(Node::name));
    TreeSet<String> stores = new TreeSet<>();
    for (Node node : nodes) {
      lines.add("    %s[\"%s\"]".formatted(id("node", node.name()), node.name()));
      if (node instanceof Processor processor) {
        stores.addAll(processor.stores());
      }
    }
    stores.forEach(store -> lines.add("    %s[(\"%s\")]".formatted(id("store", store), store)));
    lines.add("  end");
    nodes.forEach(this::connect);
  }

  private void connect(Node node) {
    String id = id("node", node.name());
    if (node instanceof Source source) {
      new TreeSet<>(source.topicSet()).forEach(topic -> arrow(topic(topic), "-->", id));
    } else if (node instanceof Sink sink) {
      arrow(id, "-->", topic(sink.topic()));
    } else if (node instanceof Processor processor) {
      new TreeSet<>(processor.stores()).forEach(s -> arrow(id, "---", id("store", s)));
    }
    node.successors().stream()
        .map(Node::name)
        .sorted()
        .forEach(next -> arrow(id, "-->", id("node", next)));
  }

  private String topic(String name) {
    topics.add(name);
    return id("topic", name);
  }

  private void arrow(String from, String kind, String to) {
    arrows.add("  %s %s %s".formatted(from, kind, to));
  }

  private String id(String kind, String name) {
    return ids.computeIfAbsent(kind + " " + name, k -> "n" + ids.size());
  }
}
