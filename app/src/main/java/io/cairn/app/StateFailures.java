package io.cairn.app;

import io.cairn.app.CairnException.Kind;
import io.cairn.transfer.store.StateDatabaseException;
import java.io.IOException;
import java.nio.file.Path;

/** Tells a user why what a node remembers cannot be used, and what helps. */
final class StateFailures {
    private StateFailures() {}

    /** @param file the state database */
    static CairnException of(String what, Path file, IOException failure) {
        Kind kind = Kind.OTHER;
        String next = "make it readable and writable for this user, or name another folder with --data-dir DIR";
        if (failure instanceof StateDatabaseException state) {
            kind = state.trouble() == StateDatabaseException.Trouble.DISK_FULL ? Kind.DISK_FULL : Kind.OTHER;
            next = next(state.trouble(), file);
        }
        return new CairnException(kind, what, Reasons.withFile(failure), next, failure);
    }

    private static String next(StateDatabaseException.Trouble trouble, Path file) {
        return switch (trouble) {
            case DAMAGED, OF_ANOTHER_PROGRAM ->
                "move it to another folder, with " + file.getFileName() + "-wal and " + file.getFileName()
                        + "-shm if they are there, and start again: the node keeps its id; share again what it shared and fetch"
                        + " again what was not done";
            case OF_A_NEWER_VERSION -> "start that version, or name another folder with --data-dir DIR";
            case LOCKED -> "close the program that has it open and start again";
            case DISK_FULL -> "make room on that disk and start again";
            case EMPTY -> "start a node on it first, or name another folder with --data-dir DIR";
            case UNUSABLE -> "make it readable and writable for this user, or name another folder with --data-dir DIR";
        };
    }
}
