package io.cairn.app.doctor.machine;

import io.cairn.app.Check;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How many files and sockets this process may open, and has open. */
public final class OpenFilesCheck {
    public static final String NAME = "open files";

    /** The node's 256 sessions and 64 strangers, the files of fetches and shares, and the libraries. */
    private static final long LIMIT_LOW = 1_024;

    private static final String RAISE =
            "raise the limit on open files to 4096 (ulimit in a shell, LimitNOFILE in a systemd unit)";

    private OpenFilesCheck() {}

    /** Asks the system. */
    public static Check examine() {
        return examine(new ProcFiles(Path.of("/")));
    }

    static Check examine(ProcFiles files) {
        OptionalLong limit = files.number("proc/self/limits", "Max open files");
        OptionalLong used = files.entries("proc/self/fd");
        return limit.isEmpty() || used.isEmpty()
                ? Check.ok(NAME, "the limit is not known on this system")
                : judge(used.getAsLong(), limit.getAsLong());
    }

    static Check judge(long used, long limit) {
        String detail = used + " open, at most " + limit;
        if (used > limit - limit / 20) {
            return Check.bad(NAME, detail, RAISE);
        }
        return limit < LIMIT_LOW || used > limit - limit / 5
                ? Check.warning(NAME, detail, RAISE)
                : Check.ok(NAME, detail);
    }
}
