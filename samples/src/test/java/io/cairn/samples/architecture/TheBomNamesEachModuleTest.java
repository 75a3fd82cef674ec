package io.cairn.samples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What programs import: every module but those for the project itself, in the version of the parent, each with the name of a Java module. */
class TheBomNamesEachModuleTest {
    private static final List<String> OF_THE_PROJECT = List.of("testing", "samples");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");

    @Test
    void inTheVersionOfTheParent() throws IOException {
        String parent = pom(".");
        String bom = pom("bom");
        assertThat(first(VERSION, bom)).isEqualTo(first(VERSION, parent));
        for (String module : modules(parent)) {
            assertThat(bom).contains("<artifactId>cairn-" + module + "</artifactId>");
        }
    }

    @Test
    void eachWithTheNameOfItsPackages() throws IOException {
        for (String module : modules(pom("."))) {
            assertThat(pom(module)).contains("<module.name>io.cairn." + module + "</module.name>");
        }
    }

    private static List<String> modules(String parent) {
        List<String> modules = new ArrayList<>();
        Matcher matcher = MODULE.matcher(parent.substring(0, parent.indexOf("</modules>")));
        while (matcher.find()) {
            if (!OF_THE_PROJECT.contains(matcher.group(1))) {
                modules.add(matcher.group(1));
            }
        }
        assertThat(modules).contains("dht", "shell");
        return modules;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return Objects.requireNonNull(matcher.group(1));
    }

    private static String pom(String module) throws IOException {
        return Files.readString(ProjectFolder.root().resolve(Path.of(module, "pom.xml")));
    }
}
