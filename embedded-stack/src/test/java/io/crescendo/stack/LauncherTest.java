package io.crescendo.stack;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code crescendo} in a project of its own, with a Maven that writes down that it ran
 * and a Java that prints its arguments.
 */
class LauncherTest {

  @TempDir private Path dir;
  private Path project;
  private Path bin;
  private final Map<String, String> locale = new HashMap<>();

  @BeforeEach
  void layOut() throws IOException {
    project = Files.createDirectories(dir.resolve("project"));
    bin = Files.createDirectories(dir.resolve("bin"));
    Files.createDirectories(project.resolve("embedded-stack/src/main"));
    Files.createDirectories(project.resolve("connectors/config"));
    Files.writeString(project.resolve("pom.xml"), "");
    Files.writeString(project.resolve("embedded-stack/pom.xml"), "");
    script(project.resolve("crescendo"), Compose.text("crescendo"));
    script(bin.resolve("java"), "#!/bin/bash\necho \"java $*\"\n");
    maven("");
  }

  @Test
  void buildsOnceAndThenStartsAtOnce() throws Exception {
    assertThat(run("doctor")).contains("Building", "io.crescendo.stack.cli.Crescendo doctor");
    assertThat(run("doctor")).doesNotContain("Building");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void letsASecondCommandWaitForTheBuildOfTheFirst() throws Exception {
    maven("until [ -e go ]; do /bin/sleep 0.05; done");
    Path firstSaid = dir.resolve("first");
    Path secondSaid = dir.resolve("second");
    Process first = start(firstSaid, project.resolve("crescendo"), "doctor");
    Until.reached(() -> builds() == 1);
    Process second = start(secondSaid, project.resolve("crescendo"), "doctor");
    Until.reached(() -> read(secondSaid).contains("waiting"));
    Files.writeString(project.resolve("go"), "");
    assertThat(first.waitFor()).as(read(firstSaid)).isZero();
    assertThat(second.waitFor()).as(read(secondSaid)).isZero();
    assertThat(builds()).isEqualTo(1);
    assertThat(read(secondSaid)).contains("java ");
  }

  @Test
  void buildsAgainWhatWasEditedWhileItBuilt() throws Exception {
    maven("echo x >>embedded-stack/src/main/A.java");
    run("doctor");
    maven("");
    run("doctor");
    run("doctor");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void buildsAgainWhereAJarIsGone() throws Exception {
    run("doctor");
    Files.delete(project.resolve("schemas.jar"));
    run("doctor");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void findsItsProjectThroughLinksToLinks() throws Exception {
    Path near = Files.createSymbolicLink(dir.resolve("near"), Path.of("project/crescendo"));
    Path far = Files.createSymbolicLink(bin.resolve("far"), near);
    Path said = dir.resolve("said");
    assertThat(start(said, far, "doctor").waitFor()).as(read(said)).isZero();
    assertThat(read(said)).contains("-Dcrescendo.home=" + project.toRealPath() + " ");
  }

  @Test
  void compilesFullyWhatRunsForLong() throws Exception {
    String quick = "-XX:TieredStopAtLevel=1";
    assertThat(run("demo")).contains(quick);
    assertThat(run("publish")).doesNotContain(quick).contains("-Xmx400m");
    assertThat(run("streams")).doesNotContain(quick).contains("-Xmx400m");
  }

  @Test
  void readsNamesBeyondAsciiUnderAPlainLocale() throws Exception {
    script(bin.resolve("java"), "#!/bin/bash\necho \"java under ${LC_ALL:-none}\"\n");
    assertThat(run("doctor")).contains("java under C.UTF-8");
    locale.put("LANG", "C.UTF-8");
    assertThat(run("doctor")).contains("java under none");
    locale.put("LC_ALL", "POSIX");
    assertThat(run("doctor")).contains("java under C.UTF-8");
    locale.put("LC_ALL", "de_DE.UTF-8");
    assertThat(run("doctor")).contains("java under de_DE.UTF-8");
  }

  private void maven(String meanwhile) throws IOException {
    script(
        bin.resolve("mvn"),
        """
        #!/bin/bash
        set -e
        echo build >>"%1$s/builds"
        %2$s
        mkdir -p embedded-stack/target
        touch schemas.jar embedded-stack/target/crescendo-embedded-stack.jar
        printf %%s "$PWD/schemas.jar" >embedded-stack/target/classpath.txt
        """
            .formatted(dir, meanwhile));
  }

  private long builds() {
    return read(dir.resolve("builds")).lines().count();
  }

  private String run(String... arguments) throws Exception {
    Path said = Files.createTempFile(dir, "run", ".out");
    Process process = start(said, project.resolve("crescendo"), arguments);
    assertThat(process.waitFor()).as(read(said)).isZero();
    return read(said);
  }

  private Process start(Path said, Path script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_HOME", "CRESCENDO_JAVA_OPTS"));
    environment.keySet().removeAll(List.of("LC_ALL", "LC_CTYPE", "LANG"));
    environment.putAll(locale);
    environment.put("PATH", bin + ":" + environment.get("PATH"));
    // where cd would rather go
    environment.put("CDPATH", dir.toString());
    return builder.start();
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
