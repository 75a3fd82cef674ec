/**
 * Places the records of this node and keeps them in place: publications, withdrawals, the sweep of the key space. It knows look-ups and
 * requests, and not what answers others.
 */
@NullMarked
package io.cairn.dht.node.publish;

import org.jspecify.annotations.NullMarked;
