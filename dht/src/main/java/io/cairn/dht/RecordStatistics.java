package io.cairn.dht;

/**
 * Statistics of the records a node holds for the network. Those about saving are zero for a node without a journal.
 *
 * @param held records held, copies included
 * @param copies how many of these are copies that searchers left
 * @param displaced since start, records evicted for nearer ones
 * @param refusedEarly since start, records refused because a quota was nearly full
 * @param unsaved batches stored or dropped but not yet on disk
 * @param saveFailures since start, failed attempts to save
 * @param saveSkipped since start, changes never saved because too many were pending
 * @param unreadable since start, damaged saved batches that were skipped
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
