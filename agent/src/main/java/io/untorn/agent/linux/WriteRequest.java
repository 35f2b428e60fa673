package io.untorn.agent.linux;

/**
 * A write that io_uring or libaio is to do.
 *
 * @param opcode {@code IORING_OP_*} or {@code IOCB_CMD_*}
 * @param address of the data, or of the segments
 * @param length bytes of data, or how many segments
 * @param offset in bytes; through a ring -1 writes at the descriptor's position
 * @param flags {@code RWF_*}
 */
public record WriteRequest(int opcode, long address, int length, long offset, int flags) {}
