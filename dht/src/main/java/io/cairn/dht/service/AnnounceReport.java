package io.cairn.dht.service;

/**
 * The result of announcing a service.
 *
 * @param storedOn for the capability that fewest nodes hold: how many, this node included if it is among the closest
 * @param targets how many nodes were to hold it
 */
public record AnnounceReport(int storedOn, int targets) {}
