package io.cairn.dht.wire;

import io.cairn.dht.id.Key;

/**
 * The rules of one record type. They are the same for every node; which types a node keeps is its own setting. For all types: anyone may
 * publish in its own name; a publisher has one record under a key; an empty value withdraws it.
 *
 * @param valueBytesMax longest value in bytes
 * @param perKeyMax most records under one key; a holder may keep fewer
 * @param source whether a value names the address from which its publisher sends it
 * @param tie decides between two values with the same sequence
 * @param renewal how a publisher keeps its records from expiring
 * @param format checks a value
 */
public record RecordPolicy(int valueBytesMax, int perKeyMax, Source source, Tie tie, Renewal renewal, Format format) {
    private static final RecordPolicy PROVIDER = new RecordPolicy(
            ProviderAddresses.BYTES_MAX,
            512, // more providers than anyone could use
            Source.NAMED,
            Tie.FIRST,
            Renewal.BY_REGION,
            ProviderAddresses::decode);

    private static final RecordPolicy SERVICE =
            new RecordPolicy(Statement.VALUE_BYTES_MAX, 512, Source.ANY, Tie.FIRST, Renewal.EACH, anyBytes -> {});

    private static final RecordPolicy VALUE = new RecordPolicy(
            Statement.VALUE_BYTES_MAX,
            32, // the key belongs to one publisher; the rest is room in case strangers fill it
            Source.ANY,
            Tie.LARGER_DIGEST,
            Renewal.EACH,
            anyBytes -> {});

    /** The rules of a type. */
    public static RecordPolicy of(RecordType type) {
        return switch (type) {
            case PROVIDER -> PROVIDER;
            case SERVICE -> SERVICE;
            case VALUE -> VALUE;
        };
    }

    /** Whether a value names the address from which its publisher sends it. */
    public enum Source {
        /** It is a list of endpoints, one of which has that address. */
        NAMED,
        /** Any value is allowed. */
        ANY
    }

    /** Decides which of two values with the same publisher, key and sequence is kept. */
    public enum Tie {
        /** The first to arrive. */
        FIRST,
        /** The one with the larger SHA-1, so that all holders agree. */
        LARGER_DIGEST
    }

    /** How a publisher keeps its records from expiring. */
    public enum Renewal {
        /** All its records have the same value, and are republished region by region: for hundreds of thousands of keys. */
        BY_REGION,
        /** Each publication has its own value and lifetime, and is republished after half of it. */
        EACH
    }

    /** Checks the format of a value. */
    @FunctionalInterface
    public interface Format {
        /**
         * @throws MalformedException if the value is not of this type
         */
        void check(byte[] value) throws MalformedException;
    }

    /** Whether a statement withdraws, or its value is valid for this type. */
    public boolean accepts(Statement statement) {
        if (statement.isWithdrawal()) {
            return true;
        }
        try {
            format.check(statement.value());
            return statement.value().length <= valueBytesMax;
        } catch (MalformedException malformed) {
            return false;
        }
    }

    /** Whether one statement replaces another of the same publisher about the same key. */
    public boolean isLater(Statement one, Statement other) {
        return one.sequence() > other.sequence()
                || one.sequence() == other.sequence()
                        && tie == Tie.LARGER_DIGEST
                        && Key.ofContent(one.value()).compareTo(Key.ofContent(other.value())) > 0;
    }
}
