import { Status } from '../inflate-codes';
import { alignToByte, returnWholeBytes, inputAt, moveInput, startBits } from './bits';
import { BlockKind, forgetBlocks, HEADER_INPUT, isLastBlock, readHeader, storedBytes } from './block-header';
import { inflateFast, inflateLast, moveOutput, outputAt } from './symbols';

// Inflates deflate streams (RFC 1951). The design follows libdeflate: a word of bits that is filled without a branch,
// tables whose entries contain everything about a symbol, and copies that may write past their end.

const enum Phase {
  header,
  stored,
  compressed,
  done,
}

let phase: Phase = Phase.header;
let storedLeft: u32 = 0;

/** Begins a deflate stream at a block. `skip` bits of the byte at `input` belong to the previous block. */
export function beginInflate(input: usize, skip: u32, output: usize): void {
  phase = Phase.header;
  forgetBlocks();
  startBits(input, skip);
  moveOutput(output);
}

/** Ends the stream: what follows starts at the next whole byte. */
export function endInflate(): void {
  alignToByte();
}

/** Whether no block follows. */
export function hasEnded(): bool {
  return phase === Phase.header && isLastBlock;
}

/**
 * Inflates until the block ends, the output is nearly full or more input is needed. `inputEnd`: the end of the input;
 * `isLast`: none follows. `outputEnd`: the end of the room for output; `known`: the start of the text that may be
 * referred to.
 */
export function inflate(inputEnd: usize, isLast: bool, known: usize, outputEnd: usize): Status {
  if (phase === Phase.header) {
    if (isLastBlock) phase = Phase.done;
    else {
      if (!isLast && inputAt + HEADER_INPUT > inputEnd) return Status.needsInput;
      const kind = readHeader();
      returnWholeBytes();
      if (inputAt > inputEnd) {
        moveInput(inputEnd);
        return Status.cut;
      }
      if (kind === BlockKind.invalid) return Status.damaged;
      storedLeft = storedBytes;
      phase = kind === BlockKind.stored ? Phase.stored : Phase.compressed;
    }
  }
  if (phase === Phase.stored) return copyStored(inputEnd, isLast, outputEnd);
  if (phase === Phase.done) return Status.ended;
  let status = inflateFast(inputEnd, known, outputEnd);
  if (status === Status.needsInput && isLast) status = inflateLast(inputEnd, known, outputEnd);
  if (status === Status.blockEnded) phase = Phase.header;
  return status;
}

function copyStored(inputEnd: usize, isLast: bool, outputEnd: usize): Status {
  const count = min(<usize>storedLeft, min(inputEnd - inputAt, outputEnd - outputAt));
  memory.copy(outputAt, inputAt, count);
  moveInput(inputAt + count);
  moveOutput(outputAt + count);
  storedLeft -= <u32>count;
  if (storedLeft === 0) {
    phase = Phase.header;
    return Status.blockEnded;
  }
  if (outputAt === outputEnd) return Status.full;
  return isLast ? Status.cut : Status.needsInput;
}
