/**
 * Functions that the tests run in the page. Each is serialised on its own, so it may use only its parameters and
 * `page`, which contains all of them.
 */
export const IN_PAGE = {
  /** Resolves when the page is idle. */
  idle: (): Promise<void> =>
    new Promise((resolve, reject) => {
      const began = Date.now();
      const look = () => {
        if (document.documentElement.dataset.idle === 'true') resolve();
        else if (Date.now() - began > 60_000) reject(new Error('the page is not idle'));
        else setTimeout(look, 50);
      };
      look();
    }),
  /** Polls until `find` finds something, and resolves with it; rejects with the code of `find`. */
  until: <Found>(find: () => Found | null | undefined | false): Promise<Found> =>
    new Promise((resolve, reject) => {
      const began = Date.now();
      const look = () => {
        const found = find();
        if (found) resolve(found);
        else if (Date.now() - began > 30_000) reject(new Error(`never: ${find}`));
        else setTimeout(look, 50);
      };
      look();
    }),
  drop: (name: string, base64: string): void => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), each => each.charCodeAt(0))], name));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    }
  },
  /** A visible button, tab or link by its accessible name, or by the beginning of it. */
  named: (name: string, within: ParentNode = document): HTMLElement | undefined => {
    const buttons = [...within.querySelectorAll<HTMLElement>('button, [role=tab], a[href]')];
    const nameOf = (each: HTMLElement) => (each.getAttribute('aria-label') ?? each.textContent ?? '').trim();
    return buttons.find(each => nameOf(each) === name) ?? buttons.find(each => nameOf(each).startsWith(name));
  },
  /** The figure beside a term. */
  figure: (term: string): string | undefined => {
    const terms = [...document.querySelectorAll('main dt')];
    return terms.find(each => each.textContent?.includes(term))?.nextElementSibling?.textContent ?? undefined;
  },
  /** Types a text into an input in such a way that React notices it, and presses Enter. */
  enter: (input: HTMLInputElement, text: string): void => {
    input.focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }));
  },
  /** Number of different colours on a canvas. */
  colours: (canvas: HTMLCanvasElement): number => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  },
};

export type InPage = typeof IN_PAGE;

/** An expression that calls a function in the page. */
export function callExpression<Args extends unknown[]>(
  act: (page: InPage, ...args: Args) => unknown,
  ...args: Args
): string {
  const tools = Object.entries(IN_PAGE).map(([name, tool]) => `${name}: ${tool}`);
  // The compiler may wrap functions in calls of `__name` to preserve their names.
  const prelude = 'globalThis.__name ??= each => each;';
  return `(() => { ${prelude} return (${act})({ ${tools.join(', ')} }, ...${JSON.stringify(args)}); })()`;
}
