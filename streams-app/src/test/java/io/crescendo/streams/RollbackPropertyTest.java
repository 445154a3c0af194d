package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.streams.NaiveTotals.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random schedules of the tasks of artists and genres: updates, what is told of genres on its way,
 * reports, commits of many records at once, crashes of any task after which its work since the
 * commit is done again, owners that tell something after they were replaced, offsets that are lost,
 * and a topic that is made anew with what was unread. What is committed must be what {@link
 * NaiveTotals} computes from scratch, whatever the schedule.
 */
class RollbackPropertyTest {

  private static final List<String> GENRES = List.of("pop", "dance pop", "rock", "jazz", "folk");

  @Property(tries = 300)
  void keepsTheTotalsWhereverAnInstanceDies(@ForAll long seed) {
    Random random = new Random(seed);
    List<Event> history = history(random);
    Instances instances = new Instances(3);
    int sent = 0;
    while (sent < history.size()) {
      switch (random.nextInt(12)) {
        case 0 -> instances.anyTask(random).commit();
        case 1, 2 ->
            instances.anyTask(random).passTime(Duration.ofMillis(50L << random.nextInt(5)));
        case 3 -> instances.anyTask(random).crash(random.nextBoolean());
        case 4, 5, 6, 7 -> instances.anyTask(random).process(random.nextInt(6));
        case 8 -> {
          switch (random.nextInt(8)) {
            case 0 -> instances.recreateTopic();
            case 1, 2, 3 -> instances.replaceOwner(random);
            case 4 -> instances.replacedOwnersTell();
            default -> instances.loseOffset(random);
          }
        }
        default -> instances.send(update(history.get(sent++)));
      }
    }
    instances.finish();
    NaiveTotals oracle = new NaiveTotals(history);
    for (String genre : GENRES) {
      var rows = instances.rows(genre);
      if (rows.isEmpty()) {
        assertThat(oracle.ranking(genre)).as(genre).isEmpty();
      } else {
        assertThat(rows.get(rows.size() - 1))
            .matches(oracle::agreesWith, "is what a recomputation gives");
      }
      assertThat(rows)
          .extracting(row -> row.getReportedAt().toEpochMilli())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  /** Of few artists, so that they change much. */
  private static List<Event> history(Random random) {
    List<Event> history = new ArrayList<>();
    int size = random.nextInt(120);
    for (int i = 0; i < size; i++) {
      List<String> genres = GENRES.stream().filter(genre -> random.nextInt(5) > 1).toList();
      boolean gone = random.nextInt(6) == 0;
      history.add(
          new Event(
              "artist " + random.nextInt(12),
              gone,
              false,
              true,
              gone ? List.of() : genres,
              "name " + random.nextInt(3),
              random.nextInt(8),
              random.nextBoolean() ? null : random.nextInt(101),
              random.nextInt(4) == 0 ? null : i / 2,
              i / 2));
    }
    return history;
  }

  private static Update update(Event event) {
    Origin origin = new Origin(0, 0, Instant.ofEpochSecond(event.timestamp()).toEpochMilli());
    long observedAt = event.time() * 1_000L;
    return event.deletion()
        ? Update.deletion(event.artist(), observedAt, event.stated(), null, origin, null, null)
        : new Update(
            event.artist(),
            event.name(),
            event.genres(),
            event.followers(),
            event.popularity(),
            observedAt,
            event.stated(),
            false,
            null,
            origin,
            null,
            null);
  }
}
