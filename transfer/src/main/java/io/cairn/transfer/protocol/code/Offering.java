package io.cairn.transfer.protocol.code;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sender offers to one receiver.
 *
 * @param ticket names it when the receiver settles; not copied
 * @param claim what the sender calls itself; never trusted
 * @param text null if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Offering(
        byte[] ticket,
        String claim,
        List<Item> items,
        @Nullable String text) {
    /** Length of a ticket, and of the name of an exchange, in bytes. */
    public static final int TICKET_BYTES = 16;

    /** Longest claim in bytes of UTF-8. */
    public static final int CLAIM_BYTES_MAX = 128;

    /** Most shares at once. */
    public static final int ITEMS_MAX = 64;

    /** Longest name of a share in bytes of UTF-8. */
    public static final int NAME_BYTES_MAX = 255;

    /** Longest text in bytes of UTF-8. */
    public static final int TEXT_BYTES_MAX = 32 * 1024;

    public Offering {
        items = List.copyOf(items);
    }

    /**
     * A share.
     *
     * @param secret null if it is for everyone
     * @param name as the sender says; never trusted as a path
     */
    public record Item(Key share, @Nullable ShareSecret secret, String name, long size, int files) {}
}
