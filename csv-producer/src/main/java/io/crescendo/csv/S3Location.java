package io.crescendo.csv;

/**
 * A place in an S3 store, written {@code s3://bucket/key}.
 *
 * @param bucket bucket name, not empty
 * @param key object key, or a prefix that ends in '/', or empty for the whole bucket
 */
public record S3Location(String bucket, String key) {

  private static final String SCHEME = "s3://";

  /** Whether a command line argument is meant as an S3 location. */
  public static boolean matches(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads {@code s3://bucket/key}.
   *
   * @throws UnusableSourceException if the text does not have that form
   */
  public static S3Location parse(String text) {
    String rest = matches(text) ? text.substring(SCHEME.length()) : "";
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    if (bucket.isEmpty()) {
      throw new UnusableSourceException(
          "'%s' is not an S3 location; it must look like s3://bucket/key or s3://bucket/prefix/"
              .formatted(text));
    }
    return new S3Location(bucket, slash < 0 ? "" : rest.substring(slash + 1));
  }

  /** Whether it stands for every object below it rather than for one object. */
  public boolean isPrefix() {
    return key.isEmpty() || key.endsWith("/");
  }

  /** {@code s3://bucket/key}. */
  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
