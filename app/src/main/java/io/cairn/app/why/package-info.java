/**
 * The answer to why a fetch stands where it stands, put together from what was seen of it, and what is kept of that. It knows what
 * a fetch saw, never the fetch itself.
 */
@NullMarked
package io.cairn.app.why;

import org.jspecify.annotations.NullMarked;
