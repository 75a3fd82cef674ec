/**
 * The records that a node holds for others: quotas, eviction, what is due for republication. It is asked and told like the rest of the
 * core, and does no IO.
 */
@NullMarked
package io.cairn.dht.kad.record;

import org.jspecify.annotations.NullMarked;
