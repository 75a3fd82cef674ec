/**
 * Looks after the records that this node holds for others: saves, restores, hands over, republishes. It knows requests and the record
 * store, but not this node's own publications.
 */
@NullMarked
package io.cairn.dht.node.record;

import org.jspecify.annotations.NullMarked;
