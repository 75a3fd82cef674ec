package io.cairn.shell.command.transfer;

import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Verifier.VerifyReport.BadChunk;
import io.cairn.app.Verifier.VerifyReport.WrongSize;
import io.cairn.app.json.VerifyJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The differences between files and their share, in words. Consecutive bad chunks form one line; in JSON, each is an object. */
final class VerifyText {
    private static final int NAMED_MAX = 4;

    private VerifyText() {}

    static void tell(Output output, Manifest manifest, VerifyReport report) {
        runs(report.bad()).forEach(run -> output.data(line(run)));
        for (BadChunk bad : report.bad()) {
            output.json(VerifyJson.of(manifest.hash(), bad));
        }
        for (WrongSize wrong : report.wrongSizes()) {
            output.data((wrong.isShorter() ? "shorter  " : "longer   ") + Plain.line(wrong.file()) + "  "
                    + Sizes.count(wrong.actualBytes(), "byte") + " instead of " + Sizes.count(wrong.expectedBytes()));
            output.json(VerifyJson.of(manifest.hash(), wrong));
        }
        for (String file : report.missing()) {
            output.data("missing  " + Plain.line(file));
            output.json(VerifyJson.missing(manifest.hash(), file));
        }
        for (String file : report.extra()) {
            output.warning("not part of the share: " + Plain.line(file));
        }
    }

    /** A summary of the differences: {@code 3 chunks, 1 file missing, 2 files shorter or longer}. */
    static String differences(VerifyReport report) {
        List<String> kinds = new ArrayList<>();
        if (!report.bad().isEmpty()) {
            kinds.add(Sizes.count(report.bad().size(), "chunk"));
        }
        kinds.addAll(files(report));
        return String.join(", ", kinds);
    }

    /** The summary in an error: {@code 3 of 120 chunks bad, 1 file missing}. */
    static String why(VerifyReport report) {
        List<String> kinds = new ArrayList<>();
        kinds.add(Sizes.count(report.bad().size()) + " of " + Sizes.count(report.chunks(), "chunk") + " bad");
        kinds.addAll(files(report));
        return String.join(", ", kinds);
    }

    private static List<String> files(VerifyReport report) {
        List<String> kinds = new ArrayList<>();
        if (!report.missing().isEmpty()) {
            kinds.add(Sizes.count(report.missing().size(), "file") + " missing");
        }
        long shorter = report.wrongSizes().stream().filter(WrongSize::isShorter).count();
        if (shorter > 0) {
            kinds.add(Sizes.count(shorter, "file") + " shorter");
        }
        if (report.wrongSizes().size() > shorter) {
            kinds.add(Sizes.count(report.wrongSizes().size() - shorter, "file") + " longer");
        }
        return kinds;
    }

    private static String line(List<BadChunk> run) {
        BadChunk first = run.get(0);
        BadChunk last = run.get(run.size() - 1);
        String chunks =
                run.size() == 1 ? "bad chunk " + first.chunk() : "bad chunks " + first.chunk() + "-" + last.chunk();
        return chunks + "  bytes " + first.offset() + "-" + (last.offset() + last.length() - 1) + "  " + names(run);
    }

    private static String names(List<BadChunk> run) {
        Set<String> files = new LinkedHashSet<>();
        run.forEach(bad -> files.addAll(bad.files()));
        String named = files.stream().limit(NAMED_MAX).map(Plain::line).collect(Collectors.joining(", "));
        return files.size() > NAMED_MAX ? named + " and " + Sizes.count(files.size() - NAMED_MAX) + " more" : named;
    }

    /** Groups of bad chunks with consecutive numbers. */
    private static List<List<BadChunk>> runs(List<BadChunk> bad) {
        List<List<BadChunk>> runs = new ArrayList<>();
        int next = -1;
        for (BadChunk chunk : bad) {
            if (chunk.chunk() != next) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(chunk);
            next = chunk.chunk() + 1;
        }
        return runs;
    }
}
