/** A browser with one page, as the core of the end-to-end tests needs it. */
export interface Driver {
  /** Its name and version, as it tells them. */
  readonly name: string;
  open(url: string): Promise<void>;
  /** Runs an expression in the page; its promise is awaited. What it gives has to be JSON. */
  evaluate<Result>(expression: string): Promise<Result>;
  close(): Promise<void>;
}

/** Thrown where a browser is not on this machine: it is left out. */
export class NotInstalled extends Error {}

/** Waits for what a process prints; rejects with all of it when the process ends first. */
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
