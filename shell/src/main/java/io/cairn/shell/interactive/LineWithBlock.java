package io.cairn.shell.interactive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;

/**
 * JLine's line editor, with a block of lines below the line, and completions between the two. The block is part of what the editor
 * displays, so that typing, printing above and finishing the line keep it in place. At a resize, everything from the line on is drawn
 * anew: JLine assumes that the terminal wraps as it would, which not every terminal does.
 */
final class LineWithBlock extends LineReaderImpl {
    private final IntFunction<List<String>> block;
    private boolean finishing;

    /** @param block the lines for a width; called with the editor locked */
    LineWithBlock(Terminal terminal, Map<String, Object> variables, IntFunction<List<String>> block) {
        super(terminal, "cairn", variables);
        this.block = block;
    }

    /** Draws the block again, if a line is being edited. */
    void redrawBlock() {
        lock.lock();
        try {
            if (reading) {
                redisplay();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Prints above the line; returns false, and prints nothing, if none is being edited. */
    boolean printsAbove(String line) {
        lock.lock();
        try {
            if (reading) {
                adaptToSize();
                printAbove(line);
            }
            return reading;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void redisplay(boolean flush) {
        lock.lock();
        Supplier<AttributedString> completions = post;
        try {
            adaptToSize();
            List<String> lines = finishing || isDumb() ? List.of() : block.apply(size.getColumns());
            post = lines.isEmpty() ? completions : () -> below(completions, lines);
            super.redisplay(flush);
        } finally {
            post = completions;
            lock.unlock();
        }
    }

    @Override
    protected void handleSignal(Terminal.Signal signal) {
        if (signal == Terminal.Signal.WINCH) {
            redrawBlock();
        } else {
            super.handleSignal(signal);
        }
    }

    @Override
    protected void doCleanup(boolean newLine) {
        finishing = true;
        try {
            super.doCleanup(newLine);
        } finally {
            finishing = false;
        }
    }

    private boolean isDumb() {
        return Terminal.TYPE_DUMB.equals(terminal.getType()) || Terminal.TYPE_DUMB_COLOR.equals(terminal.getType());
    }

    private static AttributedString below(@Nullable Supplier<AttributedString> completions, List<String> lines) {
        List<AttributedString> all = new ArrayList<>();
        if (completions != null) {
            all.add(completions.get());
        }
        lines.forEach(line -> all.add(new AttributedString(line)));
        return AttributedString.join(AttributedString.NEWLINE, all);
    }

    /** If the terminal was resized: erases the line and what is below it, and lets the editor draw them as if for the first time. */
    private void adaptToSize() {
        Size now = terminal.getBufferSize();
        if (now.equals(size) || now.getColumns() <= 0) {
            return;
        }
        AttributedString typed =
                AttributedString.join(AttributedString.EMPTY, prompt, new AttributedString(buf.upToCursor()));
        int rowsAbove = typed.columnLength(terminal) / now.getColumns();
        terminal.writer().write("\r" + (rowsAbove == 0 ? "" : "\u001b[" + rowsAbove + "A") + "\u001b[J");
        size = now;
        Display fresh = new Display(terminal, false);
        fresh.setDelayLineWrap(isSet(LineReader.Option.DELAY_LINE_WRAP));
        fresh.resize(now);
        display = fresh;
    }
}
