package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

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

  /** What a request after the deadline may take; well within what a lease outlives it by. */
  static final Duration ENDING = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
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

  /**
   * Takes the lease if it is free, expired, or left behind by an earlier start of this owner.
   *
   * @param begun told of the claim before anything of it is written, so that it can be released
   *     however far it came
   */
  Claim claim(String run, Duration time, Consumer<Claim> begun) {
    Instant now = clock.instant();
    ResultsBucket bucket = results.within(Deadline.in(time, clock));
    List<String> keys = keys(bucket);
    String last = keys.isEmpty() ? key(0) : keys.get(keys.size() - 1);
    if (!keys.isEmpty()) {
      Optional<Document> holder = read(last, bucket);
      if (holder.isEmpty()) {
        return Claim.LOST;
      }
      if (!free(holder.get(), now)) {
        return new Claim(false, holder.get(), null);
      }
    }
    String next = key(number(last) + 1);
    Document wanted = new Document(owner, run, now, now.plus(time), false);
    Claim claim = new Claim(true, wanted, next);
    begun.accept(claim);
    List<String> after;
    try {
      if (!bucket.create(next, Json.text(wanted))
          && !read(next, bucket).equals(Optional.of(wanted))) {
        // The object exists, and is not one that this request wrote before it was sent again.
        return Claim.LOST;
      }
      // Whoever was slow between the listing and the creation may have created a number that was
      // used and removed meanwhile; a higher one is there then, because the highest is never
      // removed.
      after = keys(bucket);
    } catch (RuntimeException e) {
      giveBack(claim, e);
      throw e;
    }
    boolean mine = after.get(after.size() - 1).equals(next);
    tidy(mine ? after.subList(0, after.size() - 1) : List.of(next), bucket);
    return mine ? claim : Claim.LOST;
  }

  /** A lease that may be there and that nobody uses would keep everybody out until it expires. */
  private void giveBack(Claim claim, RuntimeException failure) {
    try {
      release(claim);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Numbers that do not count any more; what stays is removed with the next claim. */
  private static void tidy(List<String> keys, ResultsBucket bucket) {
    try {
      bucket.delete(keys);
    } catch (SdkException | RefreshException e) {
      LOG.warn("Old leases in {} stay for now: {}", bucket, Reason.of(e));
    }
  }

  private ResultsBucket ending() {
    return results.within(new Deadline(clock.instant().plus(ENDING), ENDING, "its end", clock));
  }

  /** Keys of the leases. Some stores list what they are still writing under a longer name. */
  private static List<String> keys(ResultsBucket bucket) {
    return bucket.keys(PREFIX, "").stream().filter(k -> k.endsWith(SUFFIX)).toList();
  }

  private static Optional<Document> read(String key, ResultsBucket bucket) {
    return bucket.read(key, Document.class);
  }

  /** The lease that somebody holds now; nothing if it is free or was never taken. */
  Optional<Document> holder() {
    List<String> keys = keys(results);
    return keys.isEmpty()
        ? Optional.empty()
        : read(keys.get(keys.size() - 1), results)
            .filter(held -> !held.released() && held.expiresAt().isAfter(clock.instant()));
  }

  private boolean free(Document holder, Instant now) {
    return holder.released() || !holder.expiresAt().isAfter(now) || holder.owner().equals(owner);
  }

  /**
   * Gives a lease back, also one whose claim has not come to its end: that one then loses. If
   * somebody else took it, before that end or after its expiry, that changes nothing.
   */
  void release(Claim claim) {
    ResultsBucket bucket = ending();
    Document held = claim.holder();
    String released =
        Json.text(
            new Document(held.owner(), held.run(), held.acquiredAt(), held.expiresAt(), true));
    Optional<Document> there = read(claim.key(), bucket);
    if (there.isEmpty() && !bucket.create(claim.key(), released)) {
      there = read(claim.key(), bucket);
    }
    if (there.equals(Optional.of(held))) {
      bucket.put(claim.key(), released);
    }
  }

  private static String key(long number) {
    return String.format(Locale.ROOT, "%s%010d%s", PREFIX, number, SUFFIX);
  }

  private static long number(String key) {
    return Long.parseLong(key.substring(PREFIX.length(), key.length() - SUFFIX.length()));
  }
}
