/** What the tests of all modules share. Knows Netty's leak detection and JUnit, and nothing of the project. */
@NullMarked
package io.cairn.testing;

import org.jspecify.annotations.NullMarked;
