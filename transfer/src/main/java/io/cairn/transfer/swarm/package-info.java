/** The entrance to the swarm: shares are offered and fetches started here. It knows its two rooms and the DHT's interface. */
@NullMarked
package io.cairn.transfer.swarm;

import org.jspecify.annotations.NullMarked;
