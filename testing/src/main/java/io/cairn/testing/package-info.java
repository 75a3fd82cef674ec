/**
 * Shared by the tests of all modules: a loop in virtual time, the contract of a port whose implementations lie in several modules, and leak
 * detection that fails a test class. Knows Netty's leak detection, JUnit and AssertJ, and nothing of the project, so that the innermost
 * module can use it too.
 */
@NullMarked
package io.cairn.testing;

import org.jspecify.annotations.NullMarked;
