package io.crescendo.csv.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes artist files: a first file with every artist, then waves with the new follower counts of
 * about a quarter of them. The modification time of each is its time of observation.
 */
public final class ArtistFiles {

  /** Name of the first file, where nobody chooses one. */
  public static final String FIRST_FILE = "artists.csv";

  private static final String SUFFIX = ".csv";

  private ArtistFiles() {}

  /**
   * Writes {@code artists.csv}, then {@code artists-wave-1.csv} and so on.
   *
   * @param directory where; created if missing
   * @return the files, oldest first, which is the order to publish them in
   * @throws IOException if a file cannot be written
   */
  public static List<GeneratedFile> generate(GeneratorSettings settings, Path directory)
      throws IOException {
    return generateFrom(settings, directory.resolve(FIRST_FILE));
  }

  /**
   * Writes the first file under a name of choice, and the waves beside it, as {@code
   * name-wave-1.csv}.
   *
   * @return the files, oldest first
   * @throws IOException if a file cannot be written
   */
  public static List<GeneratedFile> generateFrom(GeneratorSettings settings, Path first)
      throws IOException {
    Files.createDirectories(first.toAbsolutePath().getParent());
    World world = new World(settings.seed());
    List<GeneratedFile> files = new ArrayList<>();
    for (Path path : paths(settings, first)) {
      int wave = files.size();
      Instant observedAt = settings.newest().minus(Duration.ofDays(settings.waves() - wave));
      files.add(write(world, settings, wave, path, observedAt));
    }
    return List.copyOf(files);
  }

  /** The files that would be written, the first one first; what is there would be replaced. */
  public static List<Path> paths(GeneratorSettings settings, Path first) {
    Path path = first.toAbsolutePath();
    String name = String.valueOf(path.getFileName());
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - 4) : name;
    List<Path> paths = new ArrayList<>(List.of(path));
    for (int wave = 1; wave <= settings.waves(); wave++) {
      paths.add(path.resolveSibling(stem + "-wave-" + wave + SUFFIX));
    }
    return List.copyOf(paths);
  }

  private static GeneratedFile write(
      World world, GeneratorSettings settings, int wave, Path path, Instant observedAt)
      throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + ".part");
    long rows = 0;
    long broken = 0;
    try (RowWriter out = RowWriter.open(unfinished, settings, wave)) {
      for (int number = 0; number < settings.artists(); number++) {
        if (wave == 0 || world.changes(number, wave)) {
          broken += out.write(world.artist(number).after(wave)) ? 0 : 1;
          rows++;
        }
      }
    }
    Files.setLastModifiedTime(unfinished, FileTime.from(observedAt));
    Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    return new GeneratedFile(path, observedAt, rows, broken);
  }
}
