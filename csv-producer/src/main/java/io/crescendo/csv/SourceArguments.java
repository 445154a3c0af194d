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
import software.amazon.awssdk.services.s3.S3Client;

/** Turns what somebody typed into sources. Connects to the S3 store only where one is named. */
final class SourceArguments implements Closeable {

  /** Stands for standard input. */
  static final String STDIN = "-";

  private final Supplier<S3Client> clients;
  private final Map<String, S3Source> described = new HashMap<>();
  private S3Client s3;

  SourceArguments(Supplier<S3Client> clients) {
    this.clients = clients;
  }

  /**
   * The sources, oldest observation first, so that growth is seen in the order in which it
   * happened.
   *
   * @throws UnusableSourceException naming every argument that leads nowhere
   */
  List<Source> resolve(List<String> arguments) {
    return resolve(arguments, false);
  }

  /** As {@link #resolve}, but a place that has no file yet is in order. */
  List<Source> resolveSoFar(List<String> arguments) {
    return resolve(arguments, true);
  }

  private List<Source> resolve(List<String> arguments, boolean mayBeEmpty) {
    List<Source> sources = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String argument : arguments) {
      try {
        List<? extends Source> found = named(argument);
        if (found.isEmpty() && !mayBeEmpty) {
          problems.add(
              "%s: no artist file there (*.csv, *.tsv, *.txt, also with .gz or .zst); nothing was published"
                  .formatted(argument));
        }
        sources.addAll(found);
      } catch (UnusableSourceException e) {
        problems.add(e.getMessage());
      } catch (InvalidPathException e) {
        problems.add("'%s' is not a path (%s)".formatted(Excerpt.of(argument), e.getReason()));
      } catch (IOException e) {
        problems.add("%s: cannot be listed (%s); nothing was published".formatted(argument, e));
      }
    }
    if (!problems.isEmpty()) {
      throw new UnusableSourceException(String.join(System.lineSeparator(), problems));
    }
    sources.sort(Comparator.comparing(Source::observedAt)); // stable: else as typed
    return sources;
  }

  @Override
  public void close() {
    if (s3 != null) {
      s3.close();
    }
  }

  private List<? extends Source> named(String argument) throws IOException {
    if (argument.equals(STDIN)) {
      return List.of(StandardInput.now());
    }
    if (S3Location.matches(argument)) {
      return inS3(S3Location.parse(argument));
    }
    if (LocalFiles.isPattern(argument) && !Files.exists(Path.of(argument))) {
      return LocalFiles.matching(argument).stream().map(Source::file).toList();
    }
    Path path = Path.of(argument);
    return Files.isDirectory(path)
        ? LocalFiles.in(path).stream().map(Source::file).toList()
        : List.of(Source.file(path));
  }

  private List<S3Source> inS3(S3Location location) {
    if (s3 == null) {
      s3 = clients.get();
    }
    if (!location.isPrefix()) {
      try {
        return List.of(S3Source.of(s3, location));
      } catch (UnusableSourceException e) {
        List<S3Source> below = S3Source.below(s3, location, described);
        if (below.isEmpty()) {
          throw e;
        }
        return below;
      }
    }
    return S3Source.below(s3, location, described);
  }
}
