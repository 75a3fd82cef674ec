package io.cairn.control.http;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.VerifyReport;
import io.cairn.app.VerifyReport.BadChunk;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What to repair. Bad chunks are named as ranges, so that a missing file costs one; offsets and files follow from the manifest, which
 * the node knows.
 *
 * @param place the file or folder itself
 * @param bad the numbers of the bad chunks
 */
public record RepairRequest(FetchTarget target, Path place, BitSet bad) {
    public RepairRequest {
        bad = (BitSet) bad.clone();
    }

    public static RepairRequest of(FetchTarget target, Path place, VerifyReport found) {
        BitSet bad = new BitSet();
        found.bad().forEach(chunk -> bad.set(chunk.chunk()));
        return new RepairRequest(target, place, bad);
    }

    @Override
    public BitSet bad() {
        return (BitSet) bad.clone();
    }

    public JsonObject json() {
        return new JsonObject(
                "repair",
                fields -> fields.text("target", FetchRequest.link(target))
                        .text("path", Absolute.text(place))
                        .objects(
                                "bad",
                                ranges(),
                                (object, range) ->
                                        object.number("first", range.first()).number("count", range.count())));
    }

    /**
     * @throws IllegalArgumentException if a field is missing or wrong
     * @throws CairnException if the target is unknown
     */
    public static RepairRequest read(JsonTree json, FetchRequest.Resolver resolver) throws CairnException {
        BitSet bad = new BitSet();
        for (JsonTree range : json.objects("bad")) {
            int first = range.integer("first");
            int count = range.integer("count");
            if (first < 0 || count < 1 || first > ManifestCodec.CHUNKS_MAX - count) {
                throw new IllegalArgumentException("the field bad has a range that no share has");
            }
            bad.set(first, first + count);
        }
        return new RepairRequest(resolver.resolve(json.text("target")), json.value("path", Absolute::path), bad);
    }

    /**
     * The bad chunks as a report.
     *
     * @throws IllegalArgumentException if the manifest has no such chunk
     */
    public VerifyReport found(Manifest manifest) {
        if (bad.length() > manifest.chunkCount()) {
            throw new IllegalArgumentException("the field bad names a chunk that the share does not have");
        }
        List<BadChunk> chunks = bad.stream()
                .mapToObj(chunk ->
                        new BadChunk(chunk, manifest.chunkOffset(chunk), manifest.chunkLength(chunk), List.of()))
                .toList();
        return new VerifyReport(chunks, manifest.chunkCount(), List.of(), List.of(), List.of());
    }

    private List<Range> ranges() {
        List<Range> ranges = new ArrayList<>();
        for (int first = bad.nextSetBit(0); first >= 0; ) {
            int end = bad.nextClearBit(first);
            ranges.add(new Range(first, end - first));
            first = bad.nextSetBit(end);
        }
        return ranges;
    }

    private record Range(int first, int count) {}
}
