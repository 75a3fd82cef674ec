package io.cairn.app;

/** The version of the program: a compile-time constant, so that asking for it loads nothing. */
public final class Version {
    /** As in the build files. */
    public static final String NUMBER = "0.1.0";

    private Version() {}
}
