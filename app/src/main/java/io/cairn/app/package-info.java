/**
 * The API of a node: an interface of plain data. It knows identifiers, manifests and choices of content, and nothing of how a node works.
 */
@NullMarked
package io.cairn.app;

import org.jspecify.annotations.NullMarked;
