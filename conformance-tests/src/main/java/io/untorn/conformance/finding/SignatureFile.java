package io.untorn.conformance.finding;

import io.untorn.conformance.file.ModelFile;
import io.untorn.conformance.judge.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads and writes a finding's signature: {@code signature.json} in its folder. */
public final class SignatureFile {
    private static final String NAME = "signature.json";
    private static final ModelFile<Form> FILES = new ModelFile<>(
            "the signature of a finding", 1, Form.class, "operations", "It is a trace: ./untorn replay runs it");

    private SignatureFile() {}

    private record Form(int version, Signature signature) {}

    public static void write(Path folder, Signature signature) throws IOException {
        FILES.write(folder.resolve(NAME), new Form(FILES.version(), signature));
    }

    /** Return the signature of the finding in a folder; empty if it has none. */
    public static Optional<Signature> read(Path folder) {
        Path file = folder.resolve(NAME);
        return Files.exists(file) ? Optional.of(FILES.read(file).signature()) : Optional.empty();
    }
}
