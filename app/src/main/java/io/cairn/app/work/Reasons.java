package io.cairn.app.work;

import io.cairn.app.CairnException;
import io.cairn.transfer.store.file.DiskFullException;
import io.cairn.transfer.store.state.StateDatabaseException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Describes file system failures in words, since their exceptions often carry only a path. */
public final class Reasons {
    private static final String READ_ONLY = "the file system is read-only";

    private Reasons() {}

    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder";
        }
        @Nullable
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null
                ? failure.getClass().getSimpleName()
                : reason.equals("Read-only file system") ? READ_ONLY : reason;
    }

    /** Whether a disk is full or a quota exceeded. Java reports that only in the system's text. */
    public static boolean isDiskFull(IOException failure) {
        if (failure instanceof StateDatabaseException state) {
            return state.trouble() == StateDatabaseException.Trouble.DISK_FULL;
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof DiskFullException
                || text.contains("no space left")
                || text.contains("quota exceeded")
                || text.contains("not enough space");
    }

    /** Whether this user may not read or write there, whatever the reason. */
    public static boolean isDenied(IOException failure) {
        if (failure instanceof StateDatabaseException state) {
            return state.trouble() == StateDatabaseException.Trouble.DENIED;
        }
        return failure instanceof AccessDeniedException
                || failure instanceof FileSystemException && of(failure).equals(READ_ONLY);
    }

    /** The kind of exception for a failure: a full disk and a denied access have their own. */
    public static CairnException.Kind kind(IOException failure) {
        if (isDiskFull(failure)) {
            return CairnException.Kind.DISK_FULL;
        }
        return isDenied(failure) ? CairnException.Kind.DENIED : CairnException.Kind.OTHER;
    }

    /** The reason, preceded by the file if the failure names one. */
    public static String withFile(IOException failure) {
        return failure instanceof FileSystemException system && system.getFile() != null
                ? system.getFile() + ": " + of(failure)
                : of(failure);
    }
}
