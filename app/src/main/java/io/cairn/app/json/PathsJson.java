package io.cairn.app.json;

import io.cairn.app.config.ProgramPaths.Place;
import java.util.List;

/** The places of the program's files as one object, with a field for each place. */
public final class PathsJson {
    private PathsJson() {}

    public static JsonObject of(List<Place> places) {
        return new JsonObject(
                "paths",
                fields -> places.forEach(place -> fields.object(
                        place.name(),
                        of -> of.text("path", place.path())
                                .text("source", place.source())
                                .bool("exists", place.exists()))));
    }
}
