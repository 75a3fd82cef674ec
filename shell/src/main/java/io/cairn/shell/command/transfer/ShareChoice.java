package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.transfer.content.OddEntries;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.ShellWord;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that select the files of a folder to share. */
final class ShareChoice {
    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description =
                    "Leave out matching entries of a folder. Repeatable. A .cairnignore file in a folder holds such patterns, too.")
    private List<String> exclude = new ArrayList<>();

    @Option(names = "--skip-unreadable", description = "Leave out unreadable files instead of refusing the folder.")
    private boolean skipUnreadable;

    @Option(
            names = "--strict",
            description =
                    "Refuse a folder that holds links leading outside, pipes, sockets, devices or names that no share can have.")
    private boolean strict;

    @Option(
            names = "--times",
            description =
                    "Keep when the files were modified; receivers set it. The share has another hash than without.")
    private boolean times;

    ShareOptions options() throws CairnException {
        if (strict && skipUnreadable) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot both refuse and skip what may not be read",
                    "--strict refuses it, --skip-unreadable leaves it out",
                    "leave out either of them");
        }
        for (String glob : exclude) {
            if (glob.isEmpty() || glob.matches("[./]*/")) {
                throw new CairnException(
                        CairnException.Kind.USAGE,
                        "cannot exclude " + ShellWord.of(glob),
                        "it names nothing in the folder",
                        "write it as for rsync: '*.tmp', 'build/', 'docs/**/*.bak'");
            }
        }
        return new ShareOptions(
                exclude,
                strict ? OddEntries.REFUSE : skipUnreadable ? OddEntries.LEAVE_OUT_UNREADABLE : OddEntries.LEAVE_OUT,
                ShareLayout.PACKED,
                times);
    }
}
