/**
 * A node of this process, put together from all rooms, with its data directory and identity. It constructs the adapters, and nobody in this
 * module knows it.
 */
@NullMarked
package io.cairn.app.node;

import org.jspecify.annotations.NullMarked;
