/** Settings from flags, environment and file, and the source of each. It knows the API, and starts nothing. */
@NullMarked
package io.cairn.app.config;

import org.jspecify.annotations.NullMarked;
