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

  private static final String FIRST_FILE = "artists.csv";
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
    Path directory = first.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    String name = String.valueOf(first.getFileName());
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - 4) : name;
    World world = new World(settings.seed());
    List<GeneratedFile> files = new ArrayList<>();
    for (int wave = 0; wave <= settings.waves(); wave++) {
      String file = wave == 0 ? name : stem + "-wave-" + wave + SUFFIX;
      Instant observedAt = settings.newest().minus(Duration.ofDays(settings.waves() - wave));
      files.add(write(world, settings, wave, directory.resolve(file), observedAt));
    }
    return List.copyOf(files);
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
