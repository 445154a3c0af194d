package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The right to refresh, one run at a time across machines. Each lease is an object of its own under
 * {@code lease/}, numbered in ten digits; the highest number is the one that counts. To take the
 * next number is to create its object on the condition that nobody has ({@code If-None-Match: *}).
 * That condition is all it needs, because {@code If-Match} is missing from many stores, and not
 * atomic in some that have it.
 *
 * <p>A lease expires by itself, so a program that died blocks nobody for long; the clocks of the
 * machines must agree to well within the spare time of the expiry.
 */
final class Lease {

  private static final String PREFIX = "lease/";
  private static final String SUFFIX = ".json";

  private final ResultsBucket results;
  private final String owner;
  private final Clock clock;

  Lease(ResultsBucket results, String owner, Clock clock) {
    this.results = results;
    this.owner = owner;
    this.clock = clock;
  }

  /** A lease as stored. */
  record Document(
      String owner, String run, Instant acquiredAt, Instant expiresAt, boolean released) {}

  /**
   * Answer to an attempt.
   *
   * @param mine whether this program holds the lease now
   * @param holder the lease that counts; null if it changed hands at the very moment
   * @param key object of the lease, if it is ours
   */
  record Claim(boolean mine, Document holder, String key) {

    private static final Claim LOST = new Claim(false, null, null);
  }

  /** Takes the lease if it is free, expired, or left behind by an earlier start of this owner. */
  Claim claim(String run, Duration time) {
    Instant now = clock.instant();
    List<String> keys = keys();
    String last = keys.isEmpty() ? key(0) : keys.get(keys.size() - 1);
    if (!keys.isEmpty()) {
      Optional<Document> holder = read(last);
      if (holder.isEmpty()) {
        return Claim.LOST;
      }
      if (!free(holder.get(), now)) {
        return new Claim(false, holder.get(), null);
      }
    }
    String next = key(number(last) + 1);
    Document wanted = new Document(owner, run, now, now.plus(time), false);
    if (!results.create(next, Json.text(wanted)) && !read(next).equals(Optional.of(wanted))) {
      // The object exists, and is not one that this request wrote before it was sent again.
      return Claim.LOST;
    }
    // Whoever was slow between the listing and the creation may have created a number that was used
    // and removed meanwhile; a higher one is there then, because the highest is never removed.
    List<String> after = keys();
    boolean mine = after.get(after.size() - 1).equals(next);
    results.delete(mine ? after.subList(0, after.size() - 1) : List.of(next));
    return mine ? new Claim(true, wanted, next) : Claim.LOST;
  }

  /** Keys of the leases. Some stores list what they are still writing under a longer name. */
  private List<String> keys() {
    return results.keys(PREFIX, "").stream().filter(k -> k.endsWith(SUFFIX)).toList();
  }

  private Optional<Document> read(String key) {
    return results.get(key).map(json -> Json.read(json, Document.class));
  }

  /** The lease that somebody holds now; nothing if it is free or was never taken. */
  Optional<Document> holder() {
    List<String> keys = keys();
    return keys.isEmpty()
        ? Optional.empty()
        : read(keys.get(keys.size() - 1))
            .filter(held -> !held.released() && held.expiresAt().isAfter(clock.instant()));
  }

  private boolean free(Document holder, Instant now) {
    return holder.released() || !holder.expiresAt().isAfter(now) || holder.owner().equals(owner);
  }

  /**
   * Gives a claimed lease back. If somebody else took it after its expiry, that changes nothing.
   */
  void release(Claim claim) {
    Document held = claim.holder();
    results.put(
        claim.key(),
        Json.text(
            new Document(held.owner(), held.run(), held.acquiredAt(), held.expiresAt(), true)));
  }

  private static String key(long number) {
    return String.format(Locale.ROOT, "%s%010d%s", PREFIX, number, SUFFIX);
  }

  private static long number(String key) {
    return Long.parseLong(key.substring(PREFIX.length(), key.length() - SUFFIX.length()));
  }
}
