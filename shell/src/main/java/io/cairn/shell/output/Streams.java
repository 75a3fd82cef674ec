package io.cairn.shell.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The three standard streams and which of them are terminals. Text is UTF-8 whatever the locale, so that output for programs does not vary
 * between machines.
 *
 * @param console the terminal, if one of them is one
 */
public record Streams(
        InputStream in,
        Stdout out,
        OutputStream err,
        boolean inTerminal,
        boolean outTerminal,
        boolean errTerminal,
        Console console) {
    /** Any streams: for tests, and for work without output. */
    public Streams(
            InputStream in,
            OutputStream out,
            OutputStream err,
            boolean inTerminal,
            boolean outTerminal,
            boolean errTerminal,
            Console console) {
        this(in, new Stdout(out, false), err, inTerminal, outTerminal, errTerminal, console);
    }

    /**
     * The streams of this process.
     *
     * @param environment {@code CAIRN_TERMINALS} holds the numbers of the streams that the launcher found to be terminals; without it,
     *     {@code /proc} decides; if there is none, no stream counts as a terminal
     */
    public static Streams ofProcess(Map<String, String> environment) {
        String terminals = environment.get("CAIRN_TERMINALS");
        return new Streams(
                isOfJava(0) ? ClosedStreams.in() : System.in,
                stdout(),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.err), 8192),
                terminals == null ? isTerminal(0) : terminals.contains("0"),
                terminals == null ? isTerminal(1) : terminals.contains("1"),
                terminals == null ? isTerminal(2) : terminals.contains("2"),
                new SttyConsole());
    }

    private static Stdout stdout() {
        String target = target(1);
        return new Stdout(
                isOfJava(1) ? ClosedStreams.out() : new FileOutputStream(FileDescriptor.out),
                target.startsWith("pipe:") || target.startsWith("socket:"));
    }

    /** Whether a stream was closed when Java started, so that one of Java's files now has its number. The launcher prevents that. */
    private static boolean isOfJava(int descriptor) {
        return target(descriptor).startsWith(System.getProperty("java.home") + "/");
    }

    private static boolean isTerminal(int descriptor) {
        String target = target(descriptor);
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    }

    /** What a stream is connected to; empty if unknown. */
    private static String target(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException noProc) {
            return "";
        }
    }
}
