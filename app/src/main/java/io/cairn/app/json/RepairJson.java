package io.cairn.app.json;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.Verifier.VerifyReport;
import java.nio.file.Path;

/** The request of a repair in JSON. The node has the manifest, or fetches it. */
public final class RepairJson {
    private RepairJson() {}

    /**
     * A repair.
     *
     * @param place the file or folder itself, absolute
     * @param found the differences to repair
     */
    public record Repair(FetchTarget target, Path place, VerifyReport found) {}

    /** The path becomes absolute. */
    public static JsonObject of(Repair repair) {
        return new JsonObject(
                "repair",
                fields -> FetchTargetJson.request(fields, repair.target())
                        .text("path", repair.place().toAbsolutePath())
                        .object("found", found -> VerifyJson.write(found, repair.found())));
    }

    /** @throws CairnException if the target resolves to nothing */
    public static Repair read(JsonTree json, FetchTargetJson.Resolver resolver) throws CairnException {
        return new Repair(
                FetchTargetJson.request(json, resolver), json.path("path"), VerifyJson.read(json.child("found")));
    }
}
