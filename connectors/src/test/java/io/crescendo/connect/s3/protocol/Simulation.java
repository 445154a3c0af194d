package io.crescendo.connect.s3.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One random schedule of several task incarnations over one topic partition and one store.
 *
 * <p>Incarnations crash at any point, keep running after others have taken over, and start from the
 * committed offset, an older one, or 0. Writes may be carried out long after their task died,
 * responses get lost after the write succeeded, commits get lost. Files stay open while others of
 * their batch land. At the end one incarnation runs undisturbed to the end of the log.
 */
final class Simulation {

  /** A rule that the schedule breaks, to show that the simulation notices. */
  enum Broken {
    NOTHING,
    RULE_1_COMMITS_BEFORE_EVERY_FILE_HAS_LANDED,
    RULE_1_COMMITS_PAST_FILES_THAT_STAY_OPEN,
    RULE_2_OVERWRITES,
    RULE_2_NAMES_FILES_AFTER_THE_BATCH,
    RULE_3_TAKES_ANY_OBJECT_FOR_ITS_OWN,
    RULE_4_COMMITS_INSIDE_AN_OBJECT,
    RULE_5_CHOOSES_LANES_BY_THE_CLOCK
  }

  private static final int NO_ROW = -1;

  private final Random random;
  private final Broken broken;
  private final int lanes;
  private final int[] log;
  private final Map<String, StoredObject> store = new HashMap<>();
  private final List<Incarnation> running = new ArrayList<>();
  private final List<Upload> orphans = new ArrayList<>();
  private final List<Long> commits = new ArrayList<>(List.of(0L));

  Simulation(long seed, int lanes, int records, Broken broken) {
    this.random = new Random(seed);
    this.broken = broken;
    this.lanes = lanes;
    this.log = new int[records];
    int lane = 0;
    for (int i = 0; i < records; i++) {
      lane = random.nextInt(3) == 0 ? lane : random.nextInt(lanes);
      log[i] = random.nextInt(12) == 0 ? NO_ROW : lane;
    }
  }

  /** Runs the schedule; returns how often each offset that is a row lies in the store. */
  Map<Long, Integer> run() {
    int steps = 40 + random.nextInt(160);
    for (int i = 0; i < steps; i++) {
      step();
    }
    running.clear();
    while (!orphans.isEmpty() && random.nextBoolean()) {
      orphans.remove(random.nextInt(orphans.size())).attempt();
    }
    finish(new Incarnation(lastCommit()));
    orphans.forEach(Upload::attempt);
    return occurrences();
  }

  private void step() {
    if (running.isEmpty() || (running.size() < 3 && random.nextInt(15) == 0)) {
      running.add(new Incarnation(startOffset()));
    }
    if (!orphans.isEmpty() && random.nextInt(6) == 0) {
      orphans.remove(random.nextInt(orphans.size())).attempt();
    }
    Incarnation task = running.get(random.nextInt(running.size()));
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> task.consume(1 + random.nextInt(8));
      case 4, 5 -> task.seal();
      case 6, 7, 8, 9 -> task.land();
      case 10 -> task.commit();
      default -> {
        if (random.nextInt(3) == 0) {
          running.remove(task);
          orphans.addAll(task.uploads);
        }
      }
    }
  }

  private void finish(Incarnation last) {
    int bound = 1000 * (log.length + 1);
    while (last.ledger.committable() < log.length || last.cursor < log.length) {
      if (bound-- == 0) {
        throw new AssertionError("No progress past offset " + last.ledger.base());
      }
      last.consume(1 + random.nextInt(log.length));
      if (random.nextInt(3) == 0 || last.cursor == log.length) {
        last.seal();
      }
      last.land();
    }
  }

  private long startOffset() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> commits.get(random.nextInt(commits.size()));
      default -> lastCommit();
    };
  }

  private long lastCommit() {
    return commits.get(commits.size() - 1);
  }

  private Map<Long, Integer> occurrences() {
    Map<Long, Integer> seen = new TreeMap<>();
    for (int i = 0; i < log.length; i++) {
      if (log[i] != NO_ROW) {
        seen.put((long) i, 0);
      }
    }
    store.values().forEach(o -> o.rows().forEach(row -> seen.merge(row, 1, Integer::sum)));
    return seen;
  }

  private record StoredObject(List<Long> rows) {

    long last() {
      return rows.get(rows.size() - 1);
    }
  }

  private final class Upload {

    private final Incarnation task;
    private final FileRange file;
    private final String key;
    private final List<Long> rows;

    Upload(Incarnation task, FileRange file, String key, List<Long> rows) {
      this.task = task;
      this.file = file;
      this.key = key;
      this.rows = rows;
    }

    /** Carries out the conditional write; true if it created the object. */
    boolean attempt() {
      if (broken == Broken.RULE_2_OVERWRITES) {
        store.put(key, new StoredObject(rows));
        return true;
      }
      return store.putIfAbsent(key, new StoredObject(rows)) == null;
    }

    /** Returns whether the task got to know the outcome. */
    boolean attemptAndReport() {
      boolean created = attempt();
      if (random.nextInt(5) == 0) {
        return false;
      }
      if (created || broken == Broken.RULE_3_TAKES_ANY_OBJECT_FOR_ITS_OWN) {
        task.ledger.created(file);
      } else {
        task.ledger.found(file, Math.max(file.first(), store.get(key).last()));
      }
      return true;
    }
  }

  private final class Incarnation {

    private final int clock = random.nextInt(lanes);
    private final Map<Lane, List<Long>> open = new HashMap<>();
    private final List<Upload> uploads = new ArrayList<>();
    private PartitionLedger ledger;
    private long sealedAt;
    private boolean landing;
    private int cursor;

    Incarnation(long start) {
      ledger = new PartitionLedger(start);
      cursor = (int) start;
    }

    void consume(int records) {
      for (int i = 0; i < records && cursor < log.length; i++, cursor++) {
        if (log[cursor] == NO_ROW) {
          ledger.pass(cursor);
          continue;
        }
        Lane lane = lane(log[cursor]);
        Fate fate = ledger.offer(cursor, lane);
        if (fate == Fate.ASK) {
          StoredObject object = store.get(key(lane, cursor));
          fate =
              ledger.answer(
                  cursor,
                  lane,
                  object == null ? OptionalLong.empty() : OptionalLong.of(object.last()));
        }
        if (fate == Fate.WRITE) {
          open.computeIfAbsent(lane, l -> new ArrayList<>()).add((long) cursor);
        }
      }
    }

    void seal() {
      if (landing) {
        return;
      }
      landing = true;
      long batch = ledger.base();
      sealedAt = ledger.position();
      for (FileRange file : ledger.seal(staying())) {
        long name = broken == Broken.RULE_2_NAMES_FILES_AFTER_THE_BATCH ? batch : file.first();
        uploads.add(new Upload(this, file, key(file.lane(), name), open.remove(file.lane())));
      }
      if (broken == Broken.RULE_1_COMMITS_BEFORE_EVERY_FILE_HAS_LANDED) {
        commits.add(sealedAt);
      }
    }

    /** Lanes whose files stay open: most often none. */
    private Set<Lane> staying() {
      Set<Lane> staying = new HashSet<>(open.keySet());
      boolean all = random.nextInt(3) > 0;
      staying.removeIf(lane -> all || random.nextBoolean());
      return staying;
    }

    void land() {
      if (!uploads.isEmpty()) {
        int chosen = random.nextInt(uploads.size());
        if (uploads.get(chosen).attemptAndReport()) {
          uploads.remove(chosen);
        }
      }
      if (!ledger.settled()) {
        return;
      }
      landing = false;
      Settlement next = ledger.settle();
      if (next.kind() == Settlement.Kind.REWIND) {
        open.clear();
        cursor = (int) next.offset();
      }
      if ((next.kind() == Settlement.Kind.REWIND || next.kind() == Settlement.Kind.HOLD)
          && broken == Broken.RULE_4_COMMITS_INSIDE_AN_OBJECT) {
        open.clear();
        cursor = (int) Math.max(next.offset(), next.kind() == Settlement.Kind.HOLD ? sealedAt : 0);
        commits.add((long) cursor);
        ledger = new PartitionLedger(cursor);
        return;
      }
      if (next.kind() == Settlement.Kind.WAIT
          && broken == Broken.RULE_1_COMMITS_PAST_FILES_THAT_STAY_OPEN) {
        commits.add(sealedAt);
      }
      commit();
    }

    void commit() {
      boolean lost = random.nextInt(4) == 0;
      if (!lost) {
        commits.add(ledger.committable());
      }
    }

    private Lane lane(int number) {
      boolean byClock = broken == Broken.RULE_5_CHOOSES_LANES_BY_THE_CLOCK;
      return new Lane("lane=" + (byClock ? (number + clock) % lanes : number), "");
    }

    private String key(Lane lane, long first) {
      return lane.directory() + "/" + first;
    }
  }
}
