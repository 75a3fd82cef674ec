package io.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a node may rely on, of every journal of its records: each module that has an implementation extends this test. Its methods are those
 * of the port, which this module does not know.
 *
 * @param <E> the type of entries
 */
@Timeout(60)
public abstract class RecordJournalContract<E> {
    private static final int WRITES = 30;
    private static final int ALL = 1_000;

    protected abstract void write(List<E> put, List<String> removed) throws IOException;

    protected abstract List<E> read(String after, int countMax) throws IOException;

    /** From now on writing fails, or works again. */
    protected abstract void setFull(boolean isFull) throws IOException;

    /** Closes the journal and opens it again, as a restart does. */
    protected abstract void reopen() throws IOException;

    /** An entry of the port. */
    protected abstract E entry(String name, long expiryMillis, byte[] content);

    /** The name of an entry, its expiry and its content, each after a space, the content as {@link String#valueOf} of a list. */
    protected abstract String text(E entry);

    @Test
    protected void entriesAreReadInPagesInTheOrderOfTheirNames() throws Exception {
        write(List.of(entry("c", 3), entry("a", 1), entry("b1", 2)), List.of());
        write(List.of(entry("b", 4), entry("B", 5)), List.of());
        assertThat(texts("", ALL))
                .containsExactly("B 5 [5, 7]", "a 1 [1, 7]", "b 4 [4, 7]", "b1 2 [2, 7]", "c 3 [3, 7]");
        assertThat(texts("", 2)).containsExactly("B 5 [5, 7]", "a 1 [1, 7]");
        assertThat(texts("a", 2)).containsExactly("b 4 [4, 7]", "b1 2 [2, 7]");
        assertThat(texts("bb", 2)).as("a name that is not there").containsExactly("c 3 [3, 7]");
        assertThat(texts("c", 2)).isEmpty();
    }

    @Test
    protected void aWriteReplacesAndRemovesAndWhatItWroteOutlivesARestart() throws Exception {
        write(List.of(entry("a", 1), entry("b", 2), entry("c", 3)), List.of("never there"));
        write(List.of(entry("b", 9)), List.of("a", "never there"));
        reopen();
        assertThat(texts("", ALL)).containsExactly("b 9 [9, 7]", "c 3 [3, 7]");
        write(List.of(), List.of("b", "c"));
        reopen();
        assertThat(texts("", ALL)).isEmpty();
    }

    @Test
    protected void contentIsReadAsItWasWritten() throws Exception {
        byte[] every = new byte[2_048];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        E longest = entry("longest", Long.MAX_VALUE, every);
        E empty = entry("empty", 0, new byte[0]);
        write(List.of(longest, empty), List.of());
        assertThat(texts("", ALL)).containsExactly(text(empty), text(longest));
    }

    @Test
    protected void aWriteThatFailsChangesNothingAndTheNextSucceeds() throws Exception {
        write(List.of(entry("a", 1)), List.of());
        setFull(true);
        List<E> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(entry("n" + i, i, new byte[2_048]));
        }
        assertThatThrownBy(() -> write(many, List.of("a"))).isInstanceOf(IOException.class);
        setFull(false);
        assertThat(texts("", ALL)).containsExactly("a 1 [1, 7]");
        write(List.of(entry("b", 2)), List.of("a"));
        assertThat(texts("", ALL)).containsExactly("b 2 [2, 7]");
    }

    @Test
    protected void aReadBesideAWriteSeesAllOfItOrNothing() throws Exception {
        write(List.of(entry("a", 0), entry("b", 0)), List.of());
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Void> written = CompletableFuture.runAsync(this::writePairs, other);
            boolean isLast = false;
            while (!isLast) {
                isLast = written.isDone();
                List<String> both = texts("", ALL);
                assertThat(both).hasSize(2);
                assertThat(both.get(0).substring(1)).isEqualTo(both.get(1).substring(1));
            }
            written.get(20, TimeUnit.SECONDS);
        } finally {
            other.shutdown();
        }
    }

    private void writePairs() {
        try {
            for (int i = 1; i <= WRITES; i++) {
                write(List.of(entry("a", i), entry("b", i)), List.of());
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<String> texts(String after, int countMax) throws IOException {
        return read(after, countMax).stream().map(this::text).toList();
    }

    private E entry(String name, int number) {
        return entry(name, number, new byte[] {(byte) number, 7});
    }
}
