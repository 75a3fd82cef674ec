/**
 * Places the records of this node and keeps them in place: publications, withdrawals, the sweep of the key space. It knows look-ups and
 * requests, but not how requests of others are answered.
 */
@NullMarked
package io.cairn.dht.node.publish;

import org.jspecify.annotations.NullMarked;
