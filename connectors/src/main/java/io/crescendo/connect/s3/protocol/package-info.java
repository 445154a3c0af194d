/**
 * What makes the sink exactly once, without any I/O: given records, conflicts and landings, it says
 * what to write, when offsets may be committed, and where to rewind to.
 *
 * <p>The store itself is the commit log. The rules:
 *
 * <ol>
 *   <li>A batch is everything of one topic partition since its committed offset C. It may hold many
 *       files, one at a time per {@link io.crescendo.connect.s3.protocol.Lane}. They may land in
 *       several rotations; only when all have landed, may C move.
 *   <li>A file is named after the offset of its first row, and is created only if no object of that
 *       name exists. Objects are immutable: whoever creates one first, wins.
 *   <li>Where the object exists already (an earlier attempt that died before committing, or a stale
 *       task still running), its rows are adopted. If they are not the same as the file's, the
 *       partition is replayed from C, dropping what is known to have landed.
 *   <li>C never lies inside an object: it may not move to an offset that an object known to this
 *       task reaches across.
 *   <li>The lane must follow from the record alone.
 * </ol>
 *
 * <p>By induction, the objects of a lane form a chain: each starts at the first row that the one
 * before does not cover, and every writer meets the chain at the row where a link starts. So no row
 * is landed twice, whatever crashed or woke up late.
 *
 * <p>Start reading at {@link io.crescendo.connect.s3.protocol.PartitionLedger}; the proof by
 * simulation is {@code ExactlyOnceSimulationTest}.
 */
package io.crescendo.connect.s3.protocol;
