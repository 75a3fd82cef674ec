/**
 * Shared by the tests of all modules: a loop in virtual time, and leak detection that fails a test class. Knows Netty's leak detection and
 * JUnit, and nothing of the project, so that the innermost module can use it too.
 */
@NullMarked
package io.cairn.testing;

import org.jspecify.annotations.NullMarked;
