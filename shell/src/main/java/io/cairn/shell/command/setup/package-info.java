/** The verbs about this installation: settings, places of files, the service of the user's login. They start no node. */
@NullMarked
package io.cairn.shell.command.setup;

import org.jspecify.annotations.NullMarked;
