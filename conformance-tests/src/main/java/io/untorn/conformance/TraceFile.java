package io.untorn.conformance;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.untorn.model.Operation;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import io.untorn.vm.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads and writes traces as JSON files. */
public final class TraceFile {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(Operation.class, OperationNames.class)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();
    private static final ObjectReader READER = JSON.readerFor(Form.class);

    private TraceFile() {}

    /** Write a trace. */
    static void write(Path file, Trace trace) throws IOException {
        Files.writeString(
                file,
                JSON.writeValueAsString(new Form(VERSION, trace.target(), trace.operations()))
                        + System.lineSeparator());
    }

    /** Read a trace; a file that is none is the caller's mistake. */
    public static Trace read(Path file) {
        try {
            Form form = READER.readValue(Files.readString(file));
            if (form.version() != VERSION) {
                throw UntornException.caller(
                        file + " has version " + form.version() + "; this untorn reads version " + VERSION);
            }
            return new Trace(form.target(), form.operations());
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw UntornException.caller(file
                    + (place == null ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr())
                    + ", is not a trace: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw UntornException.caller("can't read " + file + ": " + e);
        }
    }

    private record Form(int version, Target target, List<Operation> operations) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Operation.Write.class, name = "write"),
        @JsonSubTypes.Type(value = Operation.Read.class, name = "read"),
        @JsonSubTypes.Type(value = Operation.Truncate.class, name = "truncate"),
        @JsonSubTypes.Type(value = Operation.Fsync.class, name = "fsync"),
        @JsonSubTypes.Type(value = Operation.Statx.class, name = "statx"),
        @JsonSubTypes.Type(value = Operation.Allocate.class, name = "allocate"),
        @JsonSubTypes.Type(value = Operation.PunchHole.class, name = "punch-hole"),
        @JsonSubTypes.Type(value = Operation.CloneRange.class, name = "clone-range")
    })
    private interface OperationNames {}
}
