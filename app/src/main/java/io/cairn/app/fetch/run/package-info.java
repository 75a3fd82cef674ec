/** One attempt at a fetch, from the look-up to the placed file. It writes to the task and returns how it ended; it knows no queue. */
@NullMarked
package io.cairn.app.fetch.run;

import org.jspecify.annotations.NullMarked;
