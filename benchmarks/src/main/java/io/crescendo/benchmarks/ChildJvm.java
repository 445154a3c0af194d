package io.crescendo.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs a program in a JVM of its own, and says what it took. */
public final class ChildJvm {

  private static final String FIGURES = "crescendo.benchmarks.figures";

  private ChildJvm() {}

  /**
   * What a program took, from the start of its JVM to the end.
   *
   * @param seconds by the wall clock
   * @param cpuSeconds of all its threads
   * @param peakMiB most memory that it had resident; 0 where the system does not tell
   * @param output what it printed
   */
  public record Took(double seconds, double cpuSeconds, long peakMiB, String output) {}

  /** The command that runs a class with the class path of this JVM. */
  static List<String> command(
      List<String> wrapper, List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs a program to its end.
   *
   * @param dir where its output is kept while it runs
   * @param wrapper what the command begins with, such as {@code taskset -c 0}; may be empty
   * @param options of the JVM
   * @param program its main class
   * @throws IOException if it ends with another code than 0
   */
  public static Took run(
      Path dir, List<String> wrapper, List<String> options, String program, List<String> arguments)
      throws IOException, InterruptedException {
    Path figures = dir.resolve("figures.txt");
    Path output = dir.resolve("output.txt");
    Files.deleteIfExists(figures);
    List<String> all = new ArrayList<>(options);
    all.add("-D%s=%s".formatted(FIGURES, figures));
    List<String> inner = new ArrayList<>(List.of(program));
    inner.addAll(arguments);
    long start = System.nanoTime();
    int code =
        new ProcessBuilder(command(wrapper, all, ChildJvm.class, inner))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    String said = Files.readString(output);
    if (code != 0) {
      throw new IOException("%s ended with %s: %s".formatted(program, code, said));
    }
    String[] took = Files.readString(figures).split(" ", -1);
    return new Took(seconds, Double.parseDouble(took[0]), Long.parseLong(took[1]), said);
  }

  /** The process: runs the main class that is named first, and writes down what it took. */
  public static void main(String[] args) throws Throwable {
    Path figures = Path.of(System.getProperty(FIGURES));
    // Programs end by System.exit, so a hook is the place behind their last line.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(figures)));
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void write(Path figures) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try {
      Files.writeString(
          figures,
          "%s %s".formatted(system.getProcessCpuTime() / 1e9, peakMiB()),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      System.err.println("Figures were not written: " + e);
    }
  }

  /** Linux keeps the high-water mark of resident memory. */
  private static long peakMiB() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    }
  }
}
