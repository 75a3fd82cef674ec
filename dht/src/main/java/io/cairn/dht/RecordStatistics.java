package io.cairn.dht;

/**
 * Figures of the records a node holds for the network. Those about saving are zero for a node that keeps nothing between runs.
 *
 * @param held records held, copies included
 * @param copies of these, copies that searchers left
 * @param displaced since the start, records that made way for nearer ones
 * @param refusedEarly since the start, records refused because a quota was nearly full
 * @param unsaved batches stored or dropped that are not on disk yet
 * @param saveFailures since the start, attempts to save that failed
 * @param saveSkipped since the start, changes that are not saved at all because too many had failed
 * @param unreadable since the start, saved batches that were passed over because they were damaged
 */
public record RecordStatistics(
        int held,
        int copies,
        long displaced,
        long refusedEarly,
        int unsaved,
        long saveFailures,
        long saveSkipped,
        long unreadable) {}
