/**
 * Small named values in the hash table, each of one publisher, who may change it. It uses the table only as its users do, and runs on the
 * loop of its node.
 */
@NullMarked
package io.cairn.dht.value;

import org.jspecify.annotations.NullMarked;
