/**
 * The API of a node: an interface of plain data. It knows identifiers, manifests and content selection, and nothing of a node's workings.
 */
@NullMarked
package io.cairn.app;

import org.jspecify.annotations.NullMarked;
