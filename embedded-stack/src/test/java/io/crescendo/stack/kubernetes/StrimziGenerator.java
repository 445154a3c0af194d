package io.crescendo.stack.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the generator of Strimzi's resource definitions, which ends its JVM, from a directory of
 * jars and with the generator's own arguments.
 */
final class StrimziGenerator {

  private StrimziGenerator() {}

  /** Directory of jars, then the arguments. */
  public static void main(String[] arguments) throws Exception {
    URLClassLoader strimzi = new Java21OnOlder(jars(Path.of(arguments[0])));
    Thread.currentThread().setContextClassLoader(strimzi);
    Method main =
        strimzi.loadClass("io.strimzi.crdgenerator.CrdGenerator").getMethod("main", String[].class);
    main.setAccessible(true);
    main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static URL[] jars(Path directory) throws IOException {
    List<URL> urls = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path jar : files.toList()) {
        urls.add(jar.toAbsolutePath().toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  /**
   * Loads classes that were compiled for Java 21 on the Java that runs here, by stating an older
   * version of the class file format. Strimzi's types use nothing newer, but for one exception,
   * which the compiler puts behind every complete switch and which is never thrown; it becomes one
   * of the same length.
   */
  private static final class Java21OnOlder extends URLClassLoader {

    private static final int MAJOR_VERSION = 7;
    private static final int JAVA_17 = 61;
    private static final byte[] NEWER =
        "java/lang/MatchException".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OLDER =
        "java/lang/AssertionError".getBytes(StandardCharsets.US_ASCII);

    Java21OnOlder(URL[] jars) {
      super(jars, getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        if (bytes[MAJOR_VERSION] > JAVA_17) {
          bytes[MAJOR_VERSION] = JAVA_17;
          replace(bytes);
        }
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private static void replace(byte[] bytes) {
      for (int i = 0; i + NEWER.length <= bytes.length; i++) {
        if (Arrays.equals(bytes, i, i + NEWER.length, NEWER, 0, NEWER.length)) {
          System.arraycopy(OLDER, 0, bytes, i, OLDER.length);
        }
      }
    }
  }
}
