/**
 * A node in this process, assembled from all rooms, with its data directory and identity. It constructs the adapters, and no other room
 * of this module knows it.
 */
@NullMarked
package io.cairn.app.node;

import org.jspecify.annotations.NullMarked;
