/**
 * Answers other nodes' requests within its budgets. It knows routing-table upkeep and requests, because an answer may yield a new contact.
 */
@NullMarked
package io.cairn.dht.node.answer;

import org.jspecify.annotations.NullMarked;
