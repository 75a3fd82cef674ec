package io.cairn.dht.wire;

/** The type of a record. The numbers are those on the wire, the rules those of {@link RecordPolicy}. */
public enum RecordType {
    /** The publisher serves the content with this key, at the addresses in the value. */
    PROVIDER(1),
    /** The publisher offers a service. */
    SERVICE(2),
    /** A small value of the publisher's. */
    VALUE(3);

    private final int number;

    RecordType(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /**
     * @throws MalformedException if no type has this number
     */
    public static RecordType ofNumber(int number) throws MalformedException {
        for (RecordType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new MalformedException("no record type " + number);
    }
}
