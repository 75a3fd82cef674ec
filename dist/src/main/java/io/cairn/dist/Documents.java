package io.cairn.dist;

import io.cairn.app.Version;
import io.cairn.shell.CommandModel;
import io.cairn.shell.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;

/** Writes the manual page and the completions. */
public final class Documents {
    private Documents() {}

    /** @param args the folder to write them to, and the date of the build, of which the first ten characters count */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Verb program = Verb.program(CommandModel.commandLine());
        Files.writeString(
                folder.resolve("cairn.1"), ManPage.of(program, args[1].substring(0, 10), "cairn " + Version.NUMBER));
        Files.writeString(folder.resolve("cairn.bash"), AutoComplete.bash("cairn", program.command()));
        Files.writeString(folder.resolve("_cairn"), ZshCompletion.of(program));
        Files.writeString(folder.resolve("cairn.fish"), FishCompletion.of(program));
    }
}
