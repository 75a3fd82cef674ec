/** Sending under a code that one can say, and to contacts: who sends, who meets whom, and what was sent here. Knows no command line. */
@NullMarked
package io.cairn.app.codes;

import org.jspecify.annotations.NullMarked;
