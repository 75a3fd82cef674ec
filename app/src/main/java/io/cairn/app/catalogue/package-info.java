/** What this node lists for others, what others list for it, and which share a text means. It asks through the swarm's questions and knows the people. */
@NullMarked
package io.cairn.app.catalogue;

import org.jspecify.annotations.NullMarked;
