package io.untorn.conformance.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * JSON files of one kind.
 *
 * @param kind what such a file is: {@code a trace}
 * @param version the version that is written, and the only one that is read
 * @param form what the file holds; it has a component {@code version}
 * @param foreign a component that only the other kind of file has
 * @param instead what to say of a file that has it
 */
public record ModelFile<T>(String kind, int version, Class<T> form, String foreign, String instead) {
    /** The most bytes in a file that is read: 64 MiB, many times the longest trace. */
    private static final long MAX_BYTES = 64 << 20;

    /** Return the JSON Schema of such files. */
    public String schema(String title) {
        return ModelSchema.of(title, version, form);
    }

    /** Write a file. */
    public void write(Path file, T content) throws IOException {
        Files.writeString(file, ModelJson.MAPPER.writeValueAsString(content) + "\n");
    }

    /**
     * Read a file.
     *
     * @throws UntornException if it is not there, or of another kind or version, or broken: the caller's mistake
     */
    public T read(Path file) {
        try {
            requireSize(file);
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw UntornException.caller("no such file: " + file);
        } catch (CharacterCodingException e) {
            throw UntornException.caller(file + " is not " + kind + ": it is not text in UTF-8");
        } catch (AccessDeniedException e) {
            throw UntornException.caller("can't read " + file + ": permission denied");
        } catch (IOException e) {
            throw UntornException.caller("can't read " + file + ": " + e.getMessage());
        }
    }

    /**
     * Read what a file holds.
     *
     * @param file what messages call it
     * @throws UntornException if it is of another kind or version, or broken: the caller's mistake
     */
    public T parse(String file, String text) {
        try {
            requireKindAndVersion(file, text);
            return ModelJson.MAPPER.readValue(text, form);
        } catch (JsonProcessingException e) {
            throw mistake(file, e.getLocation(), "is not " + kind + ": " + JsonMistake.reason(e));
        } catch (IOException e) {
            throw UntornException.caller("can't read " + file + ": " + e.getMessage());
        }
    }

    /** Tell whether a file has a component that this kind has alone. One that can't be read has none. */
    boolean isOfThisKind(Path file, String own) {
        try (JsonParser parser = ModelJson.MAPPER.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals(own)) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private void requireSize(Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
            throw UntornException.caller(file + " is not " + kind + ": it has " + Files.size(file)
                    + " bytes, and at most " + MAX_BYTES + " are read");
        }
    }

    private void requireKindAndVersion(String file, String text) throws IOException {
        String found = "none";
        JsonLocation place = JsonLocation.NA;
        try (JsonParser parser = ModelJson.MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw mistake(file, parser.currentTokenLocation(), "is not " + kind + ": it must begin with {");
            }
            place = parser.currentTokenLocation();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (name.equals(foreign)) {
                    throw mistake(file, parser.currentTokenLocation(), "is not " + kind + ". " + instead);
                }
                parser.nextToken();
                if (name.equals("version")) {
                    found = parser.getText();
                    place = parser.currentTokenLocation();
                }
                parser.skipChildren();
            }
        }
        if (!found.equals(Integer.toString(version))) {
            throw mistake(
                    file,
                    place,
                    "is " + kind + " of version " + found + "; this untorn reads version " + version
                            + ". Use the untorn that wrote it, or write it again by docs/trace-file.md");
        }
    }

    private static UntornException mistake(String file, @Nullable JsonLocation place, String what) {
        return UntornException.caller(
                place == null
                        ? file + " " + what
                        : file + ", line " + place.getLineNr() + ", column " + place.getColumnNr() + ", " + what);
    }
}
