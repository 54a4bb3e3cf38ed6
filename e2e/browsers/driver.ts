/** A browser with one page, with the methods that the core tests need. */
export interface Driver {
  /** Name and version as reported by the browser. */
  readonly name: string;
  open(url: string): Promise<void>;
  /** Evaluates an expression in the page and awaits its promise. The result has to be JSON. */
  evaluate<Result>(expression: string): Promise<Result>;
  close(): Promise<void>;
}

/** Thrown if a browser is not installed on this machine: it is skipped. */
export class NotInstalled extends Error {}

/** Waits for output of a process; rejects with all output if the process ends first. */
export function printed(
  stream: NodeJS.ReadableStream,
  ended: Promise<unknown>,
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
      const match = pattern.exec(text);
      if (match !== null) resolve(match);
    });
    void ended.then(() => reject(new Error(`it ended, having printed: ${text.slice(-500)}`)));
  });
}
