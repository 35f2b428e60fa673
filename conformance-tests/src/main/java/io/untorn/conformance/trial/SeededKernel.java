package io.untorn.conformance.trial;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.vm.VirtualKernel;
import java.util.Set;

/** A booted kernel with a fault at its system calls. Its machine keeps running when it is closed: the next fault needs it. */
record SeededKernel(VirtualKernel machine, SystemCallFault fault) implements KernelUnderTest {
    @Override
    public Environment prepare(Target target) {
        machine.seed(fault);
        return machine.prepare(target);
    }

    @Override
    public History run(Trace trace) {
        return machine.run(trace);
    }

    @Override
    public Set<Facility> facilities() {
        return machine.facilities();
    }

    @Override
    public void rearmWarnings() {
        machine.rearmWarnings();
    }

    @Override
    public void restore() {
        machine.restore();
    }

    @Override
    public void expectRestore() {
        machine.expectRestore();
    }

    @Override
    public void expectHang() {
        machine.expectHang();
    }

    @Override
    public void close() {}
}
