package io.crescendo.stack.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The IAM policies in {@code deploy/msk} allow what {@code users.yaml} does, with which {@link
 * KafkaUsersIT} runs the programs; they were not tried on AWS.
 */
class MskPoliciesTest {

  private static final Path DIRECTORY = Path.of("..", "deploy", "msk");

  /** "Semantics of IAM authorization policy actions and resources" of Amazon MSK's guide. */
  private static final Map<String, String> ACTIONS =
      Map.ofEntries(
          Map.entry("cluster Describe", "DescribeCluster"),
          Map.entry("cluster IdempotentWrite", "WriteDataIdempotently"),
          Map.entry("topic Create", "CreateTopic"),
          Map.entry("topic Delete", "DeleteTopic"),
          Map.entry("topic Describe", "DescribeTopic"),
          Map.entry("topic DescribeConfigs", "DescribeTopicDynamicConfiguration"),
          Map.entry("topic Read", "ReadData"),
          Map.entry("topic Write", "WriteData"),
          Map.entry("group Describe", "DescribeGroup"),
          Map.entry("group Read", "AlterGroup"),
          Map.entry("transactionalId Describe", "DescribeTransactionalId"),
          Map.entry("transactionalId Write", "AlterTransactionalId"));

  @ParameterizedTest
  @ValueSource(strings = {"streams-app", "csv-producer", "connect"})
  void allowWhatTheUserOfThatNameMayDoOnAnyClusterAndNothingElse(String user) throws IOException {
    Set<String> expected = new TreeSet<>(Set.of("Connect on cluster/CLUSTER/CLUSTER_UUID"));
    for (JsonNode acl :
        Resources.read().get("KafkaUser", user).path("spec").path("authorization").path("acls")) {
      JsonNode resource = acl.path("resource");
      String type = resource.path("type").asText();
      for (JsonNode operation : acl.path("operations")) {
        String action = ACTIONS.get(type + " " + operation.asText());
        assertThat(action).as("%s %s", type, operation).isNotNull();
        expected.add(action + " on " + resource(type, resource));
      }
    }
    if (user.equals("csv-producer")) {
      // reads without a group; the guide requires these beside ReadData
      expected.add("AlterGroup on group/CLUSTER/CLUSTER_UUID/crescendo-csv-*");
      expected.add("DescribeGroup on group/CLUSTER/CLUSTER_UUID/crescendo-csv-*");
    }
    assertThat(allowed(user)).isEqualTo(expected);
  }

  private static String resource(String type, JsonNode resource) {
    String kind = type.equals("transactionalId") ? "transactional-id" : type;
    String name = resource.path("name").asText();
    String end = resource.path("patternType").asText().equals("prefix") ? "*" : "";
    return kind + "/CLUSTER/CLUSTER_UUID" + (name.isEmpty() ? "" : "/" + name + end);
  }

  private static Set<String> allowed(String user) throws IOException {
    Set<String> allowed = new TreeSet<>();
    JsonNode policy = new ObjectMapper().readTree(DIRECTORY.resolve(user + ".json").toFile());
    for (JsonNode statement : policy.path("Statement")) {
      assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
      for (String action : texts(statement.path("Action"))) {
        assertThat(action).startsWith("kafka-cluster:");
        for (String resource : texts(statement.path("Resource"))) {
          assertThat(resource).startsWith("arn:aws:kafka:REGION:ACCOUNT:");
          allowed.add(
              action.substring("kafka-cluster:".length())
                  + " on "
                  + resource.substring("arn:aws:kafka:REGION:ACCOUNT:".length()));
        }
      }
    }
    return allowed;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
