package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.cli.Crescendo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a machine whose language writes i and I otherwise. */
class LocaleIT {

  @Test
  void runsThePipelineOnATurkishMachine(@TempDir Path dir) throws Exception {
    Ports ports = Ports.anyFree();
    Path out = dir.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Duser.language=tr", "-Duser.country=TR"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Crescendo.class.getName(), "demo", "--artists", "50"));
    command.addAll(List.of("--exit-when-done", "--data-dir", dir.resolve("data").toString()));
    command.addAll(List.of("--kafka-port", "" + ports.kafka(), "--s3-port", "" + ports.s3()));
    command.addAll(List.of("--connect-port", "" + ports.connect()));
    command.addAll(List.of("--page-port", "" + ports.page()));
    Process demo =
        new ProcessBuilder(command)
            .directory(Path.of("..").toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(demo.waitFor(2, TimeUnit.MINUTES)).as(Files.readString(out)).isTrue();
      assertThat(demo.exitValue()).as(Files.readString(out)).isZero();
      assertThat(Files.readString(out)).contains("50 artists (");
    } finally {
      demo.destroyForcibly();
    }
  }
}
