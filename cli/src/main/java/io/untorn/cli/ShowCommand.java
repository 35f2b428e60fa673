package io.untorn.cli;

import io.untorn.conformance.file.HistoryFile;
import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.generate.ComputedEnvironment;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.picture.Illustrator;
import io.untorn.conformance.picture.Paint;
import io.untorn.conformance.picture.Picture;
import io.untorn.conformance.picture.SvgPicture;
import io.untorn.conformance.picture.TextPicture;
import io.untorn.conformance.result.ExitCode;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.rules.SpecificationName;
import io.untorn.model.target.KernelVersion;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a trace or a history. */
@Command(
        name = "show",
        description = {
            "Draw a saved trace or history: where each operation acts, and what is there afterwards. No kernel runs. "
                    + "Exits with 0 whether or not a rule is broken; judge and replay report that.",
            ""
        })
final class ShowCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            description = "A trace, a history, or a finding's folder: its history if it has one.")
    private Path file = Path.of("trace.json");

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Write the picture as SVG to a file instead of drawing it with characters.")
    private @Nullable Path svg;

    @Mixin
    private SpecificationOption named = new SpecificationOption();

    @Override
    public Integer call() {
        Picture picture = HistoryFile.isAt(file) ? seen(HistoryFile.read(file)) : expected(TraceFile.read(file));
        Path drawing = svg;
        if (drawing == null) {
            Paint paint = Terminal.hasColour() ? Paint.COLOUR : Paint.PLAIN;
            System.out.print(new TextPicture(picture, Terminal.width(), paint));
            return ExitCode.CONFORMS.number();
        }
        try {
            Files.writeString(drawing, new SvgPicture(picture).toString());
        } catch (NoSuchFileException e) {
            throw UntornException.caller("can't write " + drawing + ": there is no such folder");
        } catch (IOException e) {
            throw UntornException.caller("can't write " + drawing + ": " + e.getMessage());
        }
        return ExitCode.CONFORMS.number();
    }

    private Picture seen(History history) {
        return Illustrator.of(
                history, Judge.specification(named.named(), history.trace().target(), history.environment()));
    }

    private Picture expected(Trace trace) {
        KernelVersion kernel = named.named().flatMap(SpecificationName::version).orElse(KernelVersion.newest());
        Environment environment = ComputedEnvironment.of(trace.target(), kernel);
        return Illustrator.of(trace, environment, Judge.specification(named.named(), trace.target(), environment));
    }
}
