package io.cairn.transfer.content.manifest;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relative path inside a share that is safe to create on any machine: not absolute, no {@code .} or {@code ..}, no empty,
 * reserved or over-long component.
 */
public final class SharePath {
    private final List<String> components;

    public SharePath(List<String> components) {
        this(List.copyOf(components), PathRules.problemWithPath(components));
    }

    private SharePath(List<String> components, @Nullable String problem) {
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        this.components = components;
    }

    /** A path whose components have been checked already. */
    public static SharePath checked(List<String> components) {
        return new SharePath(List.copyOf(components), null);
    }

    /** The names from the top of the share down. */
    public List<String> components() {
        return components;
    }

    /** The place of this path below a folder. */
    public Path below(Path folder) {
        Path place = folder;
        for (String component : components) {
            place = place.resolve(component);
        }
        return place;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharePath that && components.equals(that.components);
    }

    @Override
    public int hashCode() {
        return components.hashCode();
    }

    /** Components joined by slashes. */
    @Override
    public String toString() {
        return String.join("/", components);
    }
}
