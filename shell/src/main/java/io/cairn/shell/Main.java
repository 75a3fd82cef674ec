package io.cairn.shell;

import io.cairn.app.Version;
import io.cairn.app.node.LocalNode;
import io.cairn.app.node.NodeLauncher;
import io.cairn.dht.env.OutOfMemory;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The entry point. Asking for the version loads no other class. */
public final class Main {
    private static final List<String> STARTING_NODES =
            List.of("share", "fetch", "daemon", "demo", "train", "put", "get", "publish", "announce", "discover");
    private static final List<String> NO_HEAD_START = List.of("-h", "--help", "-v", "-vv", "--verbose");

    private Main() {}

    /** Ends the process with the exit code of the command. */
    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            try {
                new FileOutputStream(FileDescriptor.out)
                        .write(("cairn " + Version.NUMBER + "\n").getBytes(StandardCharsets.US_ASCII));
                return;
            } catch (IOException untold) {
                args[0] = "--version"; // the whole program retries and reports why it fails
            }
        }
        LogProvider.use();
        MemoryExhausted.endsTheProcess();
        NodeLauncher launcher = new NodeLauncher();
        if (startsNode(args)) {
            launcher.begin();
        }
        try {
            System.exit(Program.ofProcess(Launched.by(launcher), LocalNode.verifier())
                    .run(args));
        } catch (OutOfMemoryError full) {
            OutOfMemory.check(full);
        }
    }

    /** Whether the command probably starts a node; false for help and for verbose logging, whose flags are parsed later. */
    private static boolean startsNode(String[] args) {
        for (String word : args) {
            if (NO_HEAD_START.contains(word)) {
                return false;
            }
        }
        return args.length == 0 || STARTING_NODES.contains(args[0]);
    }
}
