package io.untorn.agent;

import io.untorn.agent.linux.GuestCalls;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Preparation;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers requests to prepare targets and to run traces. */
final class TraceAgent implements RequestHandler {
    private static final Reply UNPREPARED = new Reply.Failed("no target was prepared");

    private final TargetPreparer preparer = new TargetPreparer();
    private final Thread rehearsal;
    private @Nullable TraceExecutor executor;

    /** Create one that runs traces when a rehearsal is over. */
    TraceAgent(Thread rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public byte[] greeting() {
        return System.getProperty("os.version").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] answer(byte[] request) {
        return Wire.encode(reply(Wire.decodeRequest(request)));
    }

    private Reply reply(Request request) {
        try {
            if (request instanceof Request.Ping) {
                return new Reply.Pong();
            }
            if (request instanceof Request.AwaitRehearsal) {
                rehearsal.join();
                return new Reply.Pong();
            }
            if (request instanceof Request.Resume resume) {
                GuestCalls.setClock(resume.clock());
                return new Reply.Resumed(resume.nonce());
            }
            if (request instanceof Request.Seed seed) {
                return executor == null ? UNPREPARED : ready(executor.with(seed.fault()));
            }
            if (request instanceof Request.RearmWarnings) {
                GuestKernel.rearmWarnings();
                return new Reply.Pong();
            }
            if (request instanceof Request.Prepare prepare) {
                return prepare(prepare.preparation());
            }
            if (request instanceof Request.RunProgram program) {
                return run(program);
            }
            if (request instanceof Request.RunCommand command) {
                return executor == null ? UNPREPARED : executor.run(command);
            }
            if (request instanceof Request.LoopWrites loop) {
                return executor == null ? UNPREPARED : executor.loop(loop);
            }
            return run((Request.Run) request);
        } catch (UnansweredException e) {
            return new Reply.Unanswered(String.valueOf(e.getMessage()));
        } catch (AgentException | IOException e) {
            return new Reply.Failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new IllegalStateException("the agent was interrupted", e);
        }
    }

    private Reply prepare(Preparation preparation) throws IOException, InterruptedException {
        if (executor != null) {
            executor.close();
            executor = null;
        }
        Reply ready = ready(new TraceExecutor(preparer.prepare(preparation), preparation.fault()));
        rehearsal.join();
        GuestKernel.keepOneProcessor();
        return ready;
    }

    private Reply ready(TraceExecutor ready) {
        executor = ready;
        return new Reply.Ready(ready.environment(), ready.lacks());
    }

    private Reply run(Request.RunProgram program) throws IOException, InterruptedException {
        return executor == null ? UNPREPARED : executor.run(program);
    }

    private Reply run(Request.Run run) {
        if (executor == null) {
            return UNPREPARED;
        }
        return Reply.Ran.of(executor.run(run));
    }
}
