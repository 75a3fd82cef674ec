/** One node put together: facade, configuration, data directory, lifecycle. */
@NullMarked
package io.cairn.app;

import org.jspecify.annotations.NullMarked;
