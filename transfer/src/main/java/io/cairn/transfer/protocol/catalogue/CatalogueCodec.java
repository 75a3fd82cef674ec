package io.cairn.transfer.protocol.catalogue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.proto.CatalogueEntry;
import io.cairn.transfer.protocol.proto.CataloguePage;
import io.cairn.transfer.protocol.proto.CatalogueRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Converts between catalogues and bytes. Every length and number is checked against {@link CatalogueLimits} before use. */
public final class CatalogueCodec {
    private static final int REQUEST_BYTES_MAX = 64;
    private static final int ENTRY_FRAME_BYTES = 3;

    private CatalogueCodec() {}

    public static byte[] encode(CatalogueState known) {
        return CatalogueRequest.newBuilder()
                .setEpoch(known.epoch())
                .setOpen(known.open())
                .setRestricted(known.restricted())
                .build()
                .toByteArray();
    }

    /**
     * Decodes a request.
     *
     * @throws MalformedException if the bytes are not one
     */
    public static CatalogueState decodeRequest(byte[] bytes) throws MalformedException {
        within(bytes.length, 0, REQUEST_BYTES_MAX);
        try {
            CatalogueRequest request = CatalogueRequest.parseFrom(bytes);
            return new CatalogueState(request.getEpoch(), request.getOpen(), request.getRestricted());
        } catch (InvalidProtocolBufferException | IllegalArgumentException invalid) {
            throw new MalformedException("not a request for a catalogue: " + invalid.getMessage(), invalid);
        }
    }

    public static byte[] encode(CatalogueDifference page) {
        CataloguePage.Builder encoded = CataloguePage.newBuilder()
                .setEpoch(page.state().epoch())
                .setAnew(page.anew())
                .setOpen(page.state().open())
                .setRestricted(page.state().restricted())
                .setMore(page.more());
        ByteBuffer removed = ByteBuffer.allocate(
                CatalogueLimits.REMOVAL_BYTES * page.removed().size());
        page.removed().forEach(tag -> removed.putLong(tag.bits()));
        encoded.setRemoved(ByteString.copyFrom(removed.flip()));
        page.entries().forEach(entry -> encoded.addEntries(entry(entry)));
        return encoded.build().toByteArray();
    }

    /**
     * Decodes a page.
     *
     * @throws MalformedException if the bytes are not one, or exceed a limit
     */
    public static CatalogueDifference decodePage(byte[] bytes) throws MalformedException {
        within(bytes.length, 0, CatalogueLimits.PAGE_BYTES_MAX);
        try {
            CataloguePage page = CataloguePage.parseFrom(bytes);
            if (page.getEpoch() == 0 || page.getRemoved().size() % CatalogueLimits.REMOVAL_BYTES != 0) {
                throw new MalformedException("a page without an epoch, or with part of a removal");
            }
            List<ListedShare> entries = new ArrayList<>(page.getEntriesCount());
            for (CatalogueEntry entry : page.getEntriesList()) {
                entries.add(entry(entry));
            }
            return new CatalogueDifference(
                    page.getAnew(),
                    new CatalogueState(page.getEpoch(), page.getOpen(), page.getRestricted()),
                    page.getMore(),
                    removed(page.getRemoved()),
                    entries);
        } catch (InvalidProtocolBufferException | IllegalArgumentException invalid) {
            throw new MalformedException("not a page of a catalogue: " + invalid.getMessage(), invalid);
        }
    }

    /** Bytes that an entry takes on a page, with its tag and length. */
    public static int bytes(ListedShare entry) {
        return entry(entry).getSerializedSize() + ENTRY_FRAME_BYTES;
    }

    private static CatalogueEntry entry(ListedShare entry) {
        ShareSecret secret = entry.secret();
        return CatalogueEntry.newBuilder()
                .setHash(ByteString.copyFrom(entry.hash().toBytes()))
                .setName(entry.name())
                .setSize(entry.size())
                .setFolder(entry.folder())
                .setFiles(entry.files())
                .setSince(entry.sinceMillis())
                .setSecret(secret == null ? ByteString.EMPTY : ByteString.copyFrom(secret.toBytes()))
                .build();
    }

    private static ListedShare entry(CatalogueEntry entry) throws MalformedException {
        within(entry.getNameBytes().size(), 1, CatalogueLimits.NAME_BYTES_MAX);
        within(entry.getSize(), 0, Long.MAX_VALUE);
        within(entry.getFiles(), 0, Integer.MAX_VALUE);
        within(entry.getSince(), 0, Long.MAX_VALUE);
        return new ListedShare(
                Key.of(entry.getHash().toByteArray()),
                entry.getName(),
                entry.getSize(),
                entry.getFolder(),
                entry.getFiles(),
                entry.getSince(),
                entry.getSecret().isEmpty()
                        ? null
                        : ShareSecret.of(entry.getSecret().toByteArray()));
    }

    private static List<ShareTag> removed(ByteString removed) {
        ByteBuffer tags = removed.asReadOnlyByteBuffer();
        List<ShareTag> list = new ArrayList<>();
        while (tags.hasRemaining()) {
            list.add(new ShareTag(tags.getLong()));
        }
        return list;
    }

    private static void within(long value, long min, long max) throws MalformedException {
        if (value < min || value > max) {
            throw new MalformedException(Long.toUnsignedString(value) + " is not between " + min + " and " + max);
        }
    }
}
