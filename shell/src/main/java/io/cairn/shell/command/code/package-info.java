/** The verbs that send and receive under a code that one can say. They know the API, the session and its output, and how a fetch is reported. */
@NullMarked
package io.cairn.shell.command.code;

import org.jspecify.annotations.NullMarked;
