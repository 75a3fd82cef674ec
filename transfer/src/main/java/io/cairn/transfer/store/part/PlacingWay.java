package io.cairn.transfer.store.part;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** How a fetch places its files, decided when it starts. */
interface PlacingWay {
    /** Whether the target already holds all selected files, so that there is nothing to fetch or place. */
    boolean isThere();

    /** The stamps of selected files that are at the target already. */
    Map<Integer, FileStamp> stampsThere();

    /** Whether the target already holds all selected files, judging by stored stamps; placing still has its other effects. */
    boolean addsNothing();

    /** The target of the share or of the selected files. */
    Path target();

    /** The files to fetch: the selected ones that are not there already. */
    FileSelection missing();

    /** The total length of the selected files in bytes. */
    long chosenBytes();

    /**
     * Places a part that holds all missing files, forced to disk.
     *
     * @return the target, or the name that was chosen in its place
     */
    Path place(FileOperations operations, PartFiles files) throws IOException;
}
