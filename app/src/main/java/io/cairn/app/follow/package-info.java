/**
 * Names that move with a folder: shares a folder again whenever it changes and publishes the new version under a name, and keeps a copy of what
 * a name points to up to date. It uses shares, fetches and values as their users do.
 */
@NullMarked
package io.cairn.app.follow;

import org.jspecify.annotations.NullMarked;
