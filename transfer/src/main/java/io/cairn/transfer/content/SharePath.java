package io.cairn.transfer.content;

import java.nio.file.Path;
import java.util.List;

/**
 * A relative path inside a share that is safe to create on any machine: nothing absolute, no {@code .} or {@code ..}, no empty,
 * reserved or over-long component.
 */
public record SharePath(List<String> components) {
    public SharePath {
        components = List.copyOf(components);
        String problem = PathRules.problemWithPath(components);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** The place of this path below a folder. */
    public Path below(Path folder) {
        Path place = folder;
        for (String component : components) {
            place = place.resolve(component);
        }
        return place;
    }

    /** Components joined by slashes. */
    @Override
    public String toString() {
        return String.join("/", components);
    }
}
