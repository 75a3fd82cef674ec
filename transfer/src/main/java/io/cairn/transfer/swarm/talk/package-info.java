/** Questions between peers that are not about chunks: asked over sessions, answered by the part that knows the topic. Knows sessions, not what is asked. */
@NullMarked
package io.cairn.transfer.swarm.talk;

import org.jspecify.annotations.NullMarked;
