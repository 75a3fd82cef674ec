package io.cairn.transfer.content.manifest;

import java.util.ArrayList;
import java.util.List;

/** The fields of one file, collected from a dictionary in the order of its keys. */
final class FileFields {
    private static final int ATTRIBUTES_BYTES_MAX = 16;

    private final BencodeCursor cursor;
    private String attributes = "";
    private long length = -1;
    private List<String> path = List.of();

    FileFields(BencodeCursor cursor) {
        this.cursor = cursor;
    }

    /** Reads an entry of {@code files}. */
    FileEntry read() throws InvalidManifestException {
        cursor.dictionary("an entry of 'files'", key -> {
            if (!accept(key)) {
                if (key.equals("path")) {
                    path = path(cursor);
                } else {
                    cursor.skip();
                }
            }
        });
        if (path.isEmpty()) {
            throw cursor.wrong("a file without 'path'");
        }
        return entry(SharePath.checked(path));
    }

    /** Reads {@code attr} or {@code length}; returns false for any other key. */
    boolean accept(String key) throws InvalidManifestException {
        switch (key) {
            case "attr" -> attributes = cursor.text("'attr'", ATTRIBUTES_BYTES_MAX);
            case "length" -> {
                length = cursor.whole("'length'");
                if (length < 0) {
                    throw cursor.wrong("a negative length");
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether these are the fields of a pad entry, which is no file (BEP 47, {@code attr} = {@code p}). */
    boolean isPadding() {
        return attributes.contains("p");
    }

    /** The file with the accepted fields. */
    FileEntry entry(SharePath path) throws InvalidManifestException {
        if (length < 0) {
            throw cursor.wrong("a file without 'length': '" + path + "'");
        }
        if (attributes.contains("l")) {
            throw cursor.wrong("symbolic links of torrents are not supported: '" + path + "'");
        }
        return new FileEntry(path, length, attributes.contains("x"));
    }

    /** Reads a list of names and checks them. */
    static List<String> path(BencodeCursor cursor) throws InvalidManifestException {
        List<String> components = new ArrayList<>(4);
        int[] bytes = {-1};
        cursor.list("'path'", () -> {
            String component = cursor.text("'path'", PathRules.NAME_BYTES_MAX);
            bytes[0] += PathRules.utf8Length(component) + 1;
            if (components.size() == ManifestLimits.DEFAULT.componentsMax()
                    || bytes[0] > ManifestLimits.DEFAULT.pathBytesMax()) {
                components.add(component);
                throw cursor.wrong(String.valueOf(PathRules.problemWithPath(components)));
            }
            components.add(component);
        });
        String problem = PathRules.problemWithPath(components);
        if (problem != null) {
            throw cursor.wrong(problem);
        }
        return components;
    }
}
