package io.crescendo.refresh;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Buckets and their settings as we read S3's documentation; no objects. */
final class ScriptedBuckets {

  /** Settings of each bucket by their names in requests. */
  final Map<String, Map<String, String>> buckets = new TreeMap<>();

  /** Buckets that are not this account's, or not of its region, and the status that says so. */
  final Map<String, Integer> unusable = new TreeMap<>();

  /** The IAM action that a request needs. */
  String action(String method, URI uri) {
    String query = String.valueOf(uri.getQuery());
    boolean write = method.equals("PUT");
    if (query.startsWith("encryption")) {
      return write ? "s3:PutEncryptionConfiguration" : "s3:GetEncryptionConfiguration";
    }
    if (query.startsWith("publicAccessBlock")) {
      return write ? "s3:PutBucketPublicAccessBlock" : "s3:GetBucketPublicAccessBlock";
    }
    return write ? "s3:CreateBucket" : "s3:ListBucket";
  }

  /** The body of the answer; a Refusal where there is none. */
  String answer(String action, URI uri, String body) {
    String bucket = uri.getPath().replace("/", "");
    if (unusable.containsKey(bucket)) {
      throw new ScriptedAws.Refusal(unusable.get(bucket), "Unusable", "not yours, or not here");
    }
    if (action.equals("s3:CreateBucket")) {
      buckets.put(bucket, new TreeMap<>(Map.of("created", body)));
      return "";
    }
    Map<String, String> settings = buckets.get(bucket);
    if (settings == null) {
      throw new ScriptedAws.Refusal(404, "NoSuchBucket", "no such bucket");
    }
    return switch (action) {
      case "s3:PutEncryptionConfiguration" -> put(settings, "encryption", body);
      case "s3:PutBucketPublicAccessBlock" -> put(settings, "access", body);
      case "s3:GetEncryptionConfiguration" ->
          get(settings, "encryption", "ServerSideEncryptionConfigurationNotFoundError");
      case "s3:GetBucketPublicAccessBlock" ->
          get(settings, "access", "NoSuchPublicAccessBlockConfiguration");
      default -> "";
    };
  }

  private static String put(Map<String, String> settings, String name, String body) {
    settings.put(name, body);
    return "";
  }

  private static String get(Map<String, String> settings, String name, String missing) {
    if (!settings.containsKey(name)) {
      throw new ScriptedAws.Refusal(404, missing, "not set");
    }
    return settings.get(name);
  }
}
