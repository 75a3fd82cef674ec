/** What people and programs read: text, tables, JSON lines, live lines. It knows the API's values, and no command. */
@NullMarked
package io.cairn.shell.output;

import org.jspecify.annotations.NullMarked;
