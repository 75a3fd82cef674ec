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
 * @param reading what a search wants of the holders
 * @param format checks a value
 */
public record RecordPolicy(
        int valueBytesMax, int perKeyMax, Source source, Tie tie, Renewal renewal, Reading reading, Format format) {
    private static final RecordPolicy PROVIDER = new RecordPolicy(
            ProviderAddresses.BYTES_MAX,
            512, // more providers than anyone could use
            Source.NAMED,
            Tie.FIRST,
            Renewal.BY_REGION,
            Reading.ANY_OF_MANY,
            ProviderAddresses::decode);

    private static final RecordPolicy SERVICE = new RecordPolicy(
            ServiceList.BYTES_MAX,
            256, // of which one address gets more than fill a shard: those behind one NAT spread over the tree, as all
            // do
            Source.ANY,
            Tie.FIRST,
            Renewal.EACH,
            Reading.ALL,
            ServiceList::decode);

    private static final RecordPolicy VALUE = new RecordPolicy(
            Statement.VALUE_BYTES_MAX,
            1, // the key belongs to one publisher
            Source.ANY,
            Tie.LARGER_DIGEST,
            Renewal.EACH,
            Reading.LATEST,
            NamedValue::decode);

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
        /**
         * The one with the larger SHA-1, so that all holders agree; of equal ones the one that expires later, so that a publisher can
         * renew a value without a new sequence.
         */
        LARGER_DIGEST
    }

    /** How a publisher keeps its records from expiring. */
    public enum Renewal {
        /** All its records have the same value, and are republished region by region: for hundreds of thousands of keys. */
        BY_REGION,
        /** Each publication has its own value and lifetime, and is republished after half of it. */
        EACH
    }

    /** What a search wants of the holders. */
    public enum Reading {
        /** Enough records; copies on the path shorten later searches. */
        ANY_OF_MANY,
        /** All records: a search asks on until it has what the holders say they hold. */
        ALL,
        /** The latest record: a search stores it at those of the closest nodes that have an older one or none. */
        LATEST
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

    /** Whether a statement may stand under a key. The key of a value belongs to its publisher and name; other keys belong to nobody. */
    public static boolean isAbout(Statement statement, Key key) {
        if (statement.type() != RecordType.VALUE) {
            return true;
        }
        try {
            Key name = NamedValue.decode(statement.value()).name();
            return NamedValue.keyOf(statement.publisher().nodeId(), name).equals(key);
        } catch (MalformedException malformed) {
            return false;
        }
    }

    /** Whether one statement replaces another of the same publisher about the same key. */
    public boolean isLater(Statement one, Statement other) {
        if (one.sequence() != other.sequence() || tie == Tie.FIRST) {
            return one.sequence() > other.sequence();
        }
        int order = Key.ofContent(one.value()).compareTo(Key.ofContent(other.value()));
        return order > 0 || order == 0 && one.expiryMillis() > other.expiryMillis();
    }
}
