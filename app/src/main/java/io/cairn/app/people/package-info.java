/** The people that you share with: names for nodes and groups of them, and where such a node is now. */
@NullMarked
package io.cairn.app.people;

import org.jspecify.annotations.NullMarked;
