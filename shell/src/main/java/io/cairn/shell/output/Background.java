package io.cairn.shell.output;

import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.Comparing;
import io.cairn.app.FetchEvent.Lookup;
import io.cairn.app.FetchEvent.ManifestArrived;
import io.cairn.app.FetchEvent.Obstacle;
import io.cairn.app.FetchEvent.Placing;
import io.cairn.app.FetchEvent.Progress;
import io.cairn.app.FetchEvent.Queued;
import java.util.List;

/** The live line of a fetch in the background: its name, and how it stands after each of its events. Drawn on terminals only. */
public final class Background {
    private final Screen screen;
    private String name;
    private boolean comparing;
    private String obstacle = "";
    private long verifiedBytes;

    /** @param name as far as it is known */
    Background(Screen screen, String name) {
        this.screen = screen;
        this.name = name;
    }

    /** Draws how the fetch stands; ends the line when it stands still. */
    public synchronized void after(FetchEvent event) {
        if (event instanceof ManifestArrived manifest) {
            name = Plain.line(manifest.name());
            comparing = false;
            obstacle = "";
            stage("manifest", Sizes.count(manifest.chunks(), "chunk") + ", " + Sizes.bytes(manifest.size()));
        } else if (event instanceof Queued queued) {
            stage(
                    "queued",
                    queued.waitsFor() == Queued.For.SLOT
                            ? Sizes.count(queued.ahead(), "fetch", "fetches") + " ahead"
                            : "this node does something else with it");
        } else if (event instanceof Lookup lookup && obstacle.isEmpty()) {
            stage(
                    "lookup",
                    "asked " + Sizes.count(lookup.asked(), "node") + ", "
                            + Sizes.count(lookup.providers(), "provider"));
        } else if (event instanceof Obstacle seen) {
            obstacle = Plain.line(seen.why());
            stage("so far", obstacle);
        } else if (event instanceof Comparing there) {
            comparing = true;
            stage("compare", Plain.line(there.target().toString()));
        } else if (event instanceof Placing) {
            stage("placing", "");
        } else if (event instanceof Progress progress && progress.totalBytes() > 0) {
            arrived(progress);
        } else if (event instanceof FetchEvent.Paused || event instanceof FetchEvent.RetriedLater || event.isLast()) {
            end();
        }
    }

    /** An obstacle stays on the line until bytes arrive. */
    private void arrived(Progress progress) {
        if (progress.verifiedBytes() > verifiedBytes) {
            obstacle = "";
        }
        verifiedBytes = progress.verifiedBytes();
        if (obstacle.isEmpty()) {
            boolean done = progress.verifiedBytes() == progress.totalBytes();
            screen.show(this, comparing ? compared(progress) : ProgressLine.fetch(name, progress), done);
        }
    }

    /** Ends the line. */
    public void end() {
        screen.remove(this);
    }

    private ProgressLine compared(Progress progress) {
        int percent = Sizes.percent(progress.verifiedBytes(), progress.totalBytes());
        return new ProgressLine(name, true, percent, List.of("compared"));
    }

    private void stage(String word, String text) {
        screen.show(this, StageLine.now(name, word, text), true);
    }
}
