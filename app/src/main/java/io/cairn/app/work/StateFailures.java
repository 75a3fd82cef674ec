package io.cairn.app.work;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
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
                    Kind.DISK_FULL, what, Reasons.withFile(failure), advice(Trouble.DISK_FULL, file), failure);
        }
        Trouble trouble = failure instanceof StateDatabaseException state ? state.trouble() : Trouble.UNUSABLE;
        return new CairnException(
                Reasons.kind(failure), what, Reasons.withFile(failure), advice(trouble, file), failure);
    }

    /** For a running node, which continues; also for failures of the user's own files. */
    public static CairnException whileRunning(String what, Path database, IOException failure) {
        Trouble trouble = failure instanceof StateDatabaseException state ? state.trouble() : null;
        Advice advice = Reasons.isDiskFull(failure)
                ? Reason.MAKE_ROOM.says("make room on that disk and try again")
                : trouble == Trouble.LOCKED
                        ? Reason.RELEASE_THE_STATE
                                .says("close the program that has " + database + " open and try again")
                                .and("path", database)
                        : trouble == null
                                ? Reason.SEE_NEXT.says("put that right and try again")
                                : advice(trouble, database);
        return new CairnException(Reasons.kind(failure), what, Reasons.withFile(failure), advice, failure);
    }

    private static Advice advice(Trouble trouble, Path file) {
        Advice advice = switch (trouble) {
            case DAMAGED, OF_ANOTHER_PROGRAM ->
                Reason.MOVE_THE_STATE_AWAY.says("move it to another folder, with " + file.getFileName() + "-wal and "
                        + file.getFileName()
                        + "-shm if they exist, and start again: the node keeps its id, but you must share its files"
                        + " and start its unfinished fetches again");
            case OF_A_NEWER_VERSION ->
                Reason.START_THE_NEWER_VERSION.says("start that version, or name another data directory");
            case LOCKED -> Reason.RELEASE_THE_STATE.says("close the program that has it open and start again");
            case DISK_FULL -> Reason.MAKE_ROOM.says("make room on that disk and start again");
            case EMPTY -> Reason.START_A_NODE_THERE.says("start a node on it first, or name another data directory");
            case DENIED, UNUSABLE ->
                Reason.MAKE_THE_STATE_ACCESSIBLE.says(
                        "make it readable and writable for this user, or name another data directory");
        };
        return advice.and("path", file);
    }
}
