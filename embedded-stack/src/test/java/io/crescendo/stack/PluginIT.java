package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.apache.kafka.connect.runtime.isolation.PluginUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plugin as it is handed out, on workers that have nothing of ours on their class path. */
class PluginIT {

  @TempDir private static Path dir;
  private static SinkStage stage;

  @BeforeAll
  static void start() throws IOException {
    stage = new SinkStage(dir);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void holdsEveryClassOnceAndNoneThatConnectWouldNotTakeFromIt() throws IOException {
    Map<String, List<String>> jarsByClass = jarsByClass();
    assertThat(jarsByClass).containsKey("io.crescendo.connect.s3.S3ParquetSinkTask");
    assertThat(jarsByClass.keySet()).allMatch(PluginUtils::shouldLoadInIsolation);
    assertThat(jarsByClass)
        .allSatisfy(
            (name, jars) -> assertThat(jars.size() == 1 || isInTwoJarsOfParquet(name)).isTrue());
  }

  @Test
  void saysUnderWhichLicenceEachJarIs() throws IOException {
    List<String> silent = new ArrayList<>();
    String thirdParty;
    try (ZipFile zip = new ZipFile(SinkStage.zip().toFile())) {
      String base = "crescendo-s3-parquet-sink/";
      assertThat(zip.getEntry(base + "LICENSE")).isNotNull();
      ZipEntry text = zip.getEntry(base + "THIRD-PARTY.txt");
      thirdParty = new String(zip.getInputStream(text).readAllBytes(), StandardCharsets.UTF_8);
      for (ZipEntry jar : jars(zip)) {
        if (entries(zip, jar).noneMatch(e -> e.matches("META-INF/LICENSE(\\.txt)?"))) {
          silent.add(jar.getName().replaceFirst(".*/(.*?)-[0-9].*", "$1"));
        }
      }
    }
    // Our own licence asks for a copy with each of ours, and those of others for theirs.
    List<String> named =
        thirdParty
            .lines()
            .filter(line -> line.matches("[a-z].* {2,}https://.*"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .toList();
    assertThat(silent).containsExactlyInAnyOrderElementsOf(named);
  }

  @ParameterizedTest
  @CsvSource({
    "4.3, only_scan, 'kafka.connect:type=plugins,connector=sink,*'",
    "4.3, service_load, 'kafka.connect:type=plugins,connector=sink,*'",
    "3.7, service_load, 'io.crescendo.connect.s3:type=sink-task,connector=\"sink\",*'"
  })
  void landsEveryRecordOnceAndTellsAboutIt(String version, String discovery, String metrics)
      throws Exception {
    String topic = "plugin-" + version + "-" + discovery;
    ArtistLoad load = new ArtistLoad(stage.bootstrapServers(), topic);
    stage.createTopic(topic);
    try (ConnectProcess worker =
        stage.worker(version, topic, Map.of("plugin.discovery", discovery))) {
      stage.deploy(worker, topic, 500, Map.of());
      // A task that joins later takes partitions from the first, and lands again what that did not
      // commit: adopted then, and not landed.
      Until.reached(() -> stage.allAssigned(topic));
      load.send(3_000);
      Until.reached(() -> stage.allLanded(load));
      LandedRows.assertHold(stage.files(topic), load);
      Map<String, Long> figures = figures(worker, metrics);
      assertThat(figures).containsEntry("rows-landed-total", (long) load.sent());
      assertThat(figures).containsEntry("files-landed-total", stage.objects(topic));
      assertThat(figures).containsEntry("buffered-bytes", 0L);
      assertThat(figures).hasSize(11);
    }
  }

  /** parquet-column and parquet-hadoop each bring the same collections under the same name. */
  private static boolean isInTwoJarsOfParquet(String name) {
    return name.startsWith("shaded.parquet.it.unimi.dsi.fastutil.");
  }

  private static Map<String, List<String>> jarsByClass() throws IOException {
    Map<String, List<String>> jarsByClass = new HashMap<>();
    try (ZipFile zip = new ZipFile(SinkStage.zip().toFile())) {
      for (ZipEntry jar : jars(zip)) {
        entries(zip, jar)
            .filter(
                e ->
                    e.endsWith(".class")
                        && !e.startsWith("META-INF/")
                        && !e.endsWith("module-info.class"))
            .map(e -> e.replace(".class", "").replace('/', '.'))
            .forEach(
                name ->
                    jarsByClass.computeIfAbsent(name, n -> new ArrayList<>()).add(jar.getName()));
      }
    }
    return jarsByClass;
  }

  private static List<? extends ZipEntry> jars(ZipFile zip) {
    return zip.stream().filter(e -> e.getName().endsWith(".jar")).toList();
  }

  /** Names of what a jar in the zip holds. */
  private static Stream<String> entries(ZipFile zip, ZipEntry jar) throws IOException {
    byte[] bytes = zip.getInputStream(jar).readAllBytes();
    ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes));
    List<String> names = new ArrayList<>();
    for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
      names.add(e.getName());
    }
    return names.stream();
  }

  /** The metrics of all tasks, summed up by name. */
  @SuppressWarnings("BanJNDI") // of a process of this test, through a file that the JVM wrote
  private static Map<String, Long> figures(ConnectProcess worker, String beans) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(worker.pid()));
    Map<String, Long> figures = new HashMap<>();
    try (JMXConnector jmx =
        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
      MBeanServerConnection server = jmx.getMBeanServerConnection();
      for (ObjectName bean : server.queryNames(new ObjectName(beans), null)) {
        for (var attribute : server.getMBeanInfo(bean).getAttributes()) {
          long value = (Long) server.getAttribute(bean, attribute.getName());
          figures.merge(attribute.getName(), value, Long::sum);
        }
      }
    } finally {
      machine.detach();
    }
    return figures;
  }
}
