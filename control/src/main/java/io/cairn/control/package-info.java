/** The node of a data directory, wherever it runs, and what happens when it ends. It knows the API, and neither HTTP nor commands. */
@NullMarked
package io.cairn.control;

import org.jspecify.annotations.NullMarked;
