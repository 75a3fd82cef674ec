/**
 * The records that a node holds for others: quotas, eviction, and what is due for republication. Like the rest of the core it is called
 * with events and does no IO.
 */
@NullMarked
package io.cairn.dht.kad.record;

import org.jspecify.annotations.NullMarked;
