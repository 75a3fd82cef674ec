package io.cairn.app.fetch.run;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.FetchOptions;
import io.cairn.app.Reason;
import io.cairn.transfer.content.PathGlob;
import java.util.ArrayList;
import java.util.List;

/** Parses the user's choice of files in a share. */
final class FetchChoice {
    private FetchChoice() {}

    /**
     * The patterns; none for all files.
     *
     * @throws CairnException of kind USAGE if one is malformed, or part of a share is to be shared or brought up to date
     */
    static List<PathGlob> of(FetchOptions options) throws CairnException {
        if (options.keepSharing() && !options.only().isEmpty()) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot keep sharing a part of a share",
                    "its hash stands for the whole",
                    Reason.SHARE_THE_PART_AFTERWARDS.says(
                            "leave out either of them; a part can be shared by itself afterwards"));
        }
        if (options.update() != null && !options.only().isEmpty()) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot bring a part of a copy up to date",
                    "a version is a whole share",
                    "leave out the choice of files");
        }
        List<PathGlob> globs = new ArrayList<>();
        for (String text : options.only()) {
            try {
                globs.add(PathGlob.nameOrPattern(text));
            } catch (IllegalArgumentException malformed) {
                throw new CairnException(
                        Kind.USAGE,
                        "cannot use the pattern \"" + text + "\"",
                        String.valueOf(malformed.getMessage()),
                        "write it as for rsync: '*.jpg', 'photos/2024', 'docs/**/*.pdf'",
                        malformed);
            }
        }
        return globs;
    }
}
