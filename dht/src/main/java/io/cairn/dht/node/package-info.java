/** One node of the DHT, assembled from its rooms. It knows all of them and forwards to them. */
@NullMarked
package io.cairn.dht.node;

import org.jspecify.annotations.NullMarked;
