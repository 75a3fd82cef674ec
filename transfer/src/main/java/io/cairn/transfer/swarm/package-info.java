/** The door of the swarm: shares are offered here and fetches begin here. It knows its two rooms and the DHT's interface. */
@NullMarked
package io.cairn.transfer.swarm;

import org.jspecify.annotations.NullMarked;
