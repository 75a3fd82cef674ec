/**
 * Looks after the records that this node holds for others: saves, restores, hands over, republishes. It knows requests and the record
 * store, and not what this node publishes itself.
 */
@NullMarked
package io.cairn.dht.node.record;

import org.jspecify.annotations.NullMarked;
