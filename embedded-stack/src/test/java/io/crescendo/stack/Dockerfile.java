package io.crescendo.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code deploy/docker/Dockerfile}, as far as tests ask about it. */
record Dockerfile(String text) {

  static final String PATH = "deploy/docker/Dockerfile";

  static Dockerfile read() throws IOException {
    return new Dockerfile(Compose.text(PATH));
  }

  List<String> stages() {
    return all("^FROM \\S+ AS (\\S+)$", 1);
  }

  /** Stages that a service runs: those with something to start. */
  List<String> programs() {
    List<String> programs = new ArrayList<>();
    for (String stage : text.split("(?m)^FROM ", -1)) {
      if (Pattern.compile("(?m)^(ENTRYPOINT|CMD)").matcher(stage).find()) {
        programs.add(stage.lines().findFirst().orElseThrow().replaceAll(".* AS ", ""));
      }
    }
    return programs;
  }

  /** The lines of one stage, from its name on. */
  String stage(String name) {
    Matcher stage =
        Pattern.compile("(?ms)^FROM \\S+ AS %s$(.*?)(?=^FROM |\\z)".formatted(name)).matcher(text);
    if (!stage.find()) {
      throw new AssertionError("%s has no stage '%s'".formatted(PATH, name));
    }
    return stage.group(1);
  }

  /** Images that stages start from, other stages left out. */
  List<String> baseImages() {
    List<String> images = new ArrayList<>(all("^FROM (\\S+)", 1));
    images.removeAll(stages());
    return images;
  }

  /** What is copied from the project. */
  List<String> copied() {
    return all("^COPY ([^-.]\\S*)", 1);
  }

  List<String> mainClasses() {
    return all("\"(io\\.crescendo\\.[^\"]+)\"", 1);
  }

  String environment(String name) {
    return all(name + "=\"([^\"]*)\"", 1).get(0);
  }

  private List<String> all(String regex, int group) {
    return Pattern.compile(regex, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult m) -> m.group(group))
        .toList();
  }
}
