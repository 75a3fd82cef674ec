package io.cairn.app.fetch.run;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.copy.CopyPlace;
import io.cairn.transfer.store.part.PartPlace;
import io.cairn.transfer.store.part.PartialContent;
import io.cairn.transfer.store.part.TargetComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Opens storage for the chunks of a fetch; compares an existing target first if necessary. For workers. */
final class FetchOpening {
    private final FetchTools tools;
    private final FetchTask task;
    private final BooleanSupplier stopped;

    FetchOpening(FetchTools tools, FetchTask task, BooleanSupplier stopped) {
        this.tools = tools;
        this.task = task;
        this.stopped = stopped;
    }

    PartialContent open(Manifest manifest) throws IOException {
        FetchOptions options = task.options();
        FileSelection chosen = chosen(options, manifest);
        Path target = task.place().target(manifest);
        FetchOptions.Update update = options.update();
        if (update != null) {
            Path copy = Files.exists(target) ? target.toRealPath() : target;
            CopyPlace place = new CopyPlace(copy, update.earlier(), update.keptIn(), options.keepSharing());
            return PartialContent.update(
                    tools.state(), tools.clock(), manifest, place, new Comparison(manifest, chosen));
        }
        PartPlace place = new PartPlace(target, chosen, options.onExisting(), options.keepSharing());
        return PartialContent.open(tools.state(), tools.clock(), manifest, place, new Comparison(manifest, chosen));
    }

    private static FileSelection chosen(FetchOptions options, Manifest manifest) throws IOException {
        try {
            return FileSelection.matching(manifest, FetchChoice.of(options));
        } catch (CairnException malformed) {
            throw new IOException("the patterns cannot be used", malformed);
        }
    }

    /** Receives the progress of comparing the target with the share. */
    private final class Comparison implements TargetComparison {
        private final Manifest manifest;
        private final int wanted;
        private final long wantedBytes;

        Comparison(Manifest manifest, FileSelection chosen) {
            this.manifest = manifest;
            this.wanted = chosen.chunks().size();
            this.wantedBytes = OwnCopy.bytes(manifest, chosen.chunks());
        }

        @Override
        public void compared(Path target, long bytes) {
            tools.work().scheduler().execute(() -> {
                boolean begins = task.state() != FetchState.COMPARING;
                task.become(new Fetch.Status(
                        manifest.name(), FetchState.COMPARING, bytes, wantedBytes, 0, wanted, 0, 0, target));
                if (begins) {
                    task.tell(new FetchEvent.Comparing(target));
                    task.tell(new FetchEvent.Progress(bytes, wantedBytes, 0, wanted, 0, 0, -1));
                }
            });
        }

        @Override
        public boolean isCancelled() {
            return stopped.getAsBoolean();
        }
    }
}
