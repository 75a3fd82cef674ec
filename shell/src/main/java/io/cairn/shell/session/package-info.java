/** A node in use by commands: its options, its start, its stop, its notices. It knows the API and the output, and no command. */
@NullMarked
package io.cairn.shell.session;

import org.jspecify.annotations.NullMarked;
