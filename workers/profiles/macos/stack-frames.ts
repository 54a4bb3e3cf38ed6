import type { TreeBuilder } from '../model/tree-builder.ts';

/** `0x1b1c108d4 (dyld) start + 8`: address, library, symbol. */
const ADDRESSED = /^0x[0-9a-f]+ \(([^)]*)\) (.+?)(?: \+ \d+)?(?: +(\S+?):(\d+))?$/i;
/** `main  (in prog) + 24  [0x100003f84]` */
const IN_LIBRARY =
  /^(.+?) {2}\(in ([^)]*)\)(?: (?:\+ \d+|load address [^[]*))?(?: {2}\[[^\]]*\])?(?: {2}(\S+?):(\d+))?$/;

/** The frame of a symbol in the notation of malloc_history and leaks. */
export function symbolFrame(builder: TreeBuilder, text: string): number {
  const symbol = text.trim();
  const addressed = ADDRESSED.exec(symbol);
  if (addressed !== null) {
    return builder.frame(addressed[2]!, addressed[3] ?? '', Number(addressed[4] ?? 0), addressed[1]!);
  }
  const inLibrary = IN_LIBRARY.exec(symbol);
  if (inLibrary !== null) {
    return builder.frame(inLibrary[1]!, inLibrary[3] ?? '', Number(inLibrary[4] ?? 0), inLibrary[2]!);
  }
  return builder.frame(symbol);
}

/** The frames of a stack, outermost first: `thread_4925a28 |start | main | malloc`. */
export function stackFrames(builder: TreeBuilder, text: string): number[] {
  return text
    .split('|')
    .filter(part => part.trim() !== '')
    .map(part => symbolFrame(builder, part));
}
