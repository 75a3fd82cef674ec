package io.cairn.sim.chord;

import io.cairn.dht.id.Contact;
import java.util.Optional;

/**
 * The result of a look-up.
 *
 * @param keeper the living node that keeps the key; empty if it was not found
 * @param hops nodes that answered on the way, without the asker and the keeper: the path length of the paper
 * @param requests nodes that were asked anything, the keeper among them; retries after a time-out are not counted
 * @param timeouts nodes that did not answer in time
 * @param millis from the call to the keeper's sign of life
 */
record ChordResult(Optional<Contact> keeper, int hops, int requests, int timeouts, long millis) {}
