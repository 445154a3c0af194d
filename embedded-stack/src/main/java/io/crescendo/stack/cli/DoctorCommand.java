package io.crescendo.stack.cli;

import io.crescendo.schemas.Terminal;
import io.crescendo.stack.ConnectRest;
import io.crescendo.stack.DataDirectory;
import io.crescendo.stack.Endpoints;
import io.crescendo.stack.Pipeline;
import io.crescendo.stack.Ports;
import io.crescendo.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks at this machine: what the pipeline needs, what it has, what is missing. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks this machine: what works, and what is missing for what.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:./crescendo demo can run", "1:something that it needs is missing"})
final class DoctorCommand implements Callable<Integer> {

  private static final long NEEDED_DISK = 1L << 30;
  private static final long NEEDED_MEMORY = 2L << 30;

  /** One line of the report; {@code ok} is null where the thing is optional and absent. */
  private record Finding(Boolean ok, String what, String found) {}

  @Mixin private StackOptions stack;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(memory());
    findings.add(disk(stack.dataDir()));
    findings.add(ports());
    DataDirectory.endpoints(stack.dataDir()).map(DoctorCommand::landing).ifPresent(findings::add);
    findings.add(docker());
    findings.add(aws());
    PrintWriter out = spec.commandLine().getOut();
    for (Finding f : findings) {
      String mark = f.ok() == null ? "  -   " : f.ok() ? "  ok  " : "MISSING";
      out.printf("%-8s %-12s %s%n", mark, f.what(), f.found());
    }
    out.flush();
    return findings.stream().anyMatch(f -> Boolean.FALSE.equals(f.ok())) ? 1 : 0;
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    return new Finding(
        version >= 17,
        "Java",
        "%s at %s%s"
            .formatted(
                version, System.getProperty("java.home"), version >= 17 ? "" : "; 17 is needed"));
  }

  private static Finding memory() {
    long bytes =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
    return new Finding(bytes >= NEEDED_MEMORY, "Memory", gib(bytes) + "; the demo takes about 1");
  }

  private static Finding disk(Path dataDir) {
    Path existing = dataDir;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      return new Finding(
          free >= NEEDED_DISK && Files.isWritable(existing),
          "Disk",
          "%s free for %s%s"
              .formatted(
                  gib(free), dataDir, Files.isWritable(existing) ? "" : ", which is not writable"));
    } catch (IOException e) {
      return new Finding(false, "Disk", "%s cannot be examined: %s".formatted(existing, e));
    }
  }

  private Finding ports() {
    Optional<Endpoints> running = DataDirectory.endpoints(stack.dataDir());
    if (running.isPresent()) {
      return new Finding(
          true, "Ports", "a stack is running, its page is " + running.get().pageUrl());
    }
    Ports wanted = stack.ports();
    List<String> taken = wanted.taken();
    return taken.isEmpty()
        ? new Finding(
            true,
            "Ports",
            "%s, %s, %s, %s are free"
                .formatted(wanted.kafka(), wanted.s3(), wanted.connect(), wanted.page()))
        : new Finding(false, "Ports", "taken: " + String.join(", ", taken));
  }

  /** Without its connector a stack takes updates and lands none of them. */
  private static Finding landing(Endpoints running) {
    ConnectRest connect = new ConnectRest(URI.create(running.connectUrl()));
    try {
      if (connect.status(Pipeline.CONNECTOR).isEmpty()) {
        return new Finding(
            false,
            "Landing",
            "connector %s is not there, so nothing lands; PUT its configuration, or start the stack anew"
                .formatted(Pipeline.CONNECTOR));
      }
      return connect
          .failure(Pipeline.CONNECTOR)
          .or(
              () ->
                  connect
                      .halted(Pipeline.CONNECTOR)
                      .map(
                          how ->
                              "connector %s is %s, so nothing lands; PUT its /resume, or start the stack anew"
                                  .formatted(Pipeline.CONNECTOR, how)))
          .map(why -> new Finding(false, "Landing", why))
          .orElse(new Finding(true, "Landing", "connector " + Pipeline.CONNECTOR + " runs"));
    } catch (StackException e) {
      return new Finding(false, "Landing", e.getMessage());
    }
  }

  private static Finding docker() {
    try {
      Process process =
          new ProcessBuilder("docker", "info", "--format", "{{.ServerVersion}}")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Finding(null, "Docker", "does not answer; only docker-compose.yml needs it");
      }
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0
          ? new Finding(true, "Docker", "engine " + answer)
          : new Finding(null, "Docker", "no engine answers; only docker-compose.yml needs it");
    } catch (IOException e) {
      return new Finding(null, "Docker", "not installed; only docker-compose.yml needs it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Finding(null, "Docker", "interrupted");
    }
  }

  /** Looks only where credentials lie on this machine; asks no service. */
  private static Finding aws() {
    try {
      EnvironmentVariableCredentialsProvider.create().resolveCredentials();
      return new Finding(true, "AWS", "credentials in the environment");
    } catch (SdkException inEnvironment) {
      try (ProfileCredentialsProvider profile = ProfileCredentialsProvider.create()) {
        profile.resolveCredentials();
        return new Finding(true, "AWS", "credentials in a profile");
      } catch (SdkException inProfile) {
        return new Finding(
            null, "AWS", "no credentials; only buckets and services on AWS need them");
      } catch (IllegalArgumentException malformed) {
        return new Finding(
            null,
            "AWS",
            "the profile file cannot be read: " + Terminal.harmless(malformed.getMessage()));
      }
    }
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
