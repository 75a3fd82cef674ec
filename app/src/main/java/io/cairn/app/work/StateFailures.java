package io.cairn.app.work;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.transfer.store.state.StateDatabaseException;
import io.cairn.transfer.store.state.StateDatabaseException.Trouble;
import java.io.IOException;
import java.nio.file.Path;

/** Explains to the user why a node's stored state cannot be used, and how to fix it. */
public final class StateFailures {
    private StateFailures() {}

    /** @param file the state database, or another unusable file or folder of the data directory */
    public static CairnException of(String what, Path file, IOException failure) {
        if (Reasons.isDiskFull(failure)) {
            return new CairnException(
                    Kind.DISK_FULL, what, Reasons.withFile(failure), next(Trouble.DISK_FULL, file), failure);
        }
        Trouble trouble = failure instanceof StateDatabaseException state ? state.trouble() : Trouble.UNUSABLE;
        return new CairnException(Kind.OTHER, what, Reasons.withFile(failure), next(trouble, file), failure);
    }

    /** For a running node, which continues; also for failures of the user's own files. */
    public static CairnException whileRunning(String what, Path database, IOException failure) {
        Trouble trouble = failure instanceof StateDatabaseException state ? state.trouble() : null;
        String next = Reasons.isDiskFull(failure)
                ? "make room on that disk and try again"
                : trouble == Trouble.LOCKED
                        ? "close the program that has " + database + " open and try again"
                        : trouble == null ? "put that right and try again" : next(trouble, database);
        Kind kind = Reasons.isDiskFull(failure) ? Kind.DISK_FULL : Kind.OTHER;
        return new CairnException(kind, what, Reasons.withFile(failure), next, failure);
    }

    private static String next(Trouble trouble, Path file) {
        return switch (trouble) {
            case DAMAGED, OF_ANOTHER_PROGRAM ->
                "move it to another folder, with " + file.getFileName() + "-wal and " + file.getFileName()
                        + "-shm if they exist, and start again: the node keeps its id, but you must share its files and start its"
                        + " unfinished fetches again";
            case OF_A_NEWER_VERSION -> "start that version, or name another folder with --data-dir DIR";
            case LOCKED -> "close the program that has it open and start again";
            case DISK_FULL -> "make room on that disk and start again";
            case EMPTY -> "start a node on it first, or name another folder with --data-dir DIR";
            case UNUSABLE -> "make it readable and writable for this user, or name another folder with --data-dir DIR";
        };
    }
}
