/**
 * Answers what others ask, within its budgets. It knows the routing table's upkeep and the requests, because an answer may teach the node a
 * contact.
 */
@NullMarked
package io.cairn.dht.node.answer;

import org.jspecify.annotations.NullMarked;
