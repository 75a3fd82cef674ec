/** What people and programs read: text, JSON lines, the progress line. It knows the API's values, and no command. */
@NullMarked
package io.cairn.shell.output;

import org.jspecify.annotations.NullMarked;
