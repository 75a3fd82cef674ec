/** Shares: hashes, serves, watches and verifies what the user shares. It knows the shared work, and nothing of fetches. */
@NullMarked
package io.cairn.app.share;

import org.jspecify.annotations.NullMarked;
