package io.crescendo.csv;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Turns what somebody typed into sources. Connects to the S3 store only where one is named. */
final class SourceArguments implements Closeable {

  /** Stands for standard input. */
  static final String STDIN = "-";

  private final Supplier<S3Client> clients;
  private final Map<S3Location, Map<String, S3Source>> described = new HashMap<>();
  private final Map<String, List<Source>> lastFound = new HashMap<>();
  private S3Client s3;

  SourceArguments(Supplier<S3Client> clients) {
    this.clients = clients;
  }

  /** What the arguments lead to, oldest observation first, and what is wrong with the rest. */
  record Found(List<Source> sources, List<String> problems) {}

  /**
   * The sources, oldest observation first, so that growth is seen in the order in which it
   * happened.
   *
   * @throws UnusableSourceException naming every argument that leads nowhere
   * @throws SdkException if the S3 store fails or refuses
   */
  List<Source> resolve(List<String> arguments) {
    List<Source> sources = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String argument : arguments) {
      int before = problems.size();
      List<Source> found = named(argument, problems);
      if (found.isEmpty() && problems.size() == before) {
        problems.add(
            "%s: no artist file there (*.csv, *.tsv, *.txt, also with .gz or .zst); nothing was published"
                .formatted(argument));
      }
      sources.addAll(found);
    }
    if (!problems.isEmpty()) {
      throw new UnusableSourceException(problems);
    }
    return oldestFirst(sources);
  }

  /**
   * As {@link #resolve}, for looking again and again: a place may have no file yet, and what cannot
   * be used, or looked at just now, keeps nothing else from being found.
   */
  Found resolveSoFar(List<String> arguments) {
    List<Source> sources = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String argument : arguments) {
      try {
        lastFound.put(argument, named(argument, problems));
      } catch (SdkException e) {
        problems.add("%s: S3 store: %s".formatted(argument, e.getMessage()));
      }
      // Where a store does not answer, its files have not gone: what is known of them stays true.
      sources.addAll(lastFound.getOrDefault(argument, List.of()));
    }
    return new Found(oldestFirst(sources), problems);
  }

  @Override
  public void close() {
    if (s3 != null) {
      s3.close();
    }
  }

  private static List<Source> oldestFirst(List<Source> sources) {
    sources.sort(Comparator.comparing(Source::observedAt)); // stable: else as typed
    return sources;
  }

  private List<Source> named(String argument, List<String> problems) {
    try {
      if (argument.equals(STDIN)) {
        return List.of(StandardInput.now());
      }
      if (S3Location.matches(argument)) {
        return inS3(S3Location.parse(argument), problems);
      }
      if (LocalFiles.isPattern(argument) && !Files.exists(Path.of(argument))) {
        return files(LocalFiles.matching(argument), problems);
      }
      Path path = Path.of(argument);
      return files(Files.isDirectory(path) ? LocalFiles.in(path) : List.of(path), problems);
    } catch (UnusableSourceException e) {
      problems.add(e.getMessage());
    } catch (InvalidPathException e) {
      problems.add("'%s' is not a path (%s)".formatted(argument, e.getReason()));
    } catch (IOException e) {
      problems.add("%s: cannot be listed (%s); nothing was published".formatted(argument, e));
    }
    return List.of();
  }

  private static List<Source> files(List<Path> files, List<String> problems) {
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      try {
        sources.add(Source.file(file));
      } catch (UnusableSourceException e) {
        problems.add(e.getMessage());
      }
    }
    return sources;
  }

  private List<Source> inS3(S3Location location, List<String> problems) {
    if (s3 == null) {
      s3 = clients.get();
    }
    UnusableSourceException missing = null;
    if (!location.isPrefix()) {
      try {
        return List.of(S3Source.of(s3, location));
      } catch (UnusableSourceException e) {
        missing = e;
      }
    }
    int before = problems.size();
    List<S3Source> below =
        S3Source.below(
            s3,
            location,
            described.computeIfAbsent(location, place -> new HashMap<>()),
            problem -> problems.add(problem.getMessage()));
    if (missing != null && below.isEmpty() && problems.size() == before) {
      throw missing;
    }
    return List.copyOf(below);
  }
}
