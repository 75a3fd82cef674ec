/**
 * Unfinished and repaired content: its journal, its recovery after a crash, and how it is placed. It knows files and the state database,
 * and nothing of peers.
 */
@NullMarked
package io.cairn.transfer.store.part;

import org.jspecify.annotations.NullMarked;
