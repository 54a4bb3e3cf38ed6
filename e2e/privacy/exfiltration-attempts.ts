/** A way in which code could send data to another server. */
export interface ExfiltrationAttempt {
  name: string;
  /**
   * Makes an attempt: requests `url`, which has another origin. `own` is a script beside the page that requests the URL
   * in its fragment or query. Runs in the page or in a worker, so it may use only its parameters. Returns a promise
   * that rejects if the browser refuses, or nothing if only an event reports that.
   */
  attempt: (url: string, own: string, tools: typeof TOOLS) => unknown;
  /** An API that the threads of the engine do not have. */
  uses?: 'FontFace' | 'Worker';
}

/** Helpers for several attempts. They are serialised together with the attempt, so each may use only its parameters. */
const TOOLS = {
  /** Resolves when the worker, or the port to it, reports that it has sent. */
  whenSent: (worker: Worker | SharedWorker) =>
    new Promise((resolve, reject) => {
      const source = 'port' in worker ? worker.port : worker;
      source.onmessage = ({ data }) => (data === 'sent' ? resolve(data) : reject(new Error(data)));
      worker.onerror = () => reject(new Error('refused'));
    }),
  /** The URL of a worker that runs `code`, in which `tell` sends a message to its creator. */
  blobOf: (code: string) =>
    URL.createObjectURL(
      new Blob([`const tell = message => (globalThis.port ?? globalThis).postMessage(message);\n${code}`]),
    ),
  /** Code for a worker that fetches a URL. */
  fetching: (url: string) =>
    `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => tell('sent'), error => tell(String(error)));`,
  /** Adds an element to the page. */
  append: (tag: string, fields: Record<string, string>) => {
    document.body.append(Object.assign(document.createElement(tag), fields));
  },
};

/** The attempt as code. */
export function codeOf({ attempt }: ExfiltrationAttempt, url: string, own: string): string {
  const tools = Object.entries(TOOLS).map(([name, tool]) => `${name}: ${tool}`);
  return `(${attempt})(${JSON.stringify(url)}, ${JSON.stringify(own)}, { ${tools.join(', ')} })`;
}

/**
 * Code that runs other code and returns the browser's reaction: the directive of the policy that refused it, the error,
 * or that it succeeded.
 */
export function outcomeCode(code: string): string {
  return `new Promise(resolve => {
    const refused = event => resolve('refused by ' + event.effectiveDirective);
    self.addEventListener('securitypolicyviolation', refused, { once: true });
    Promise.resolve()
      .then(() => ${code})
      .then(result => result === undefined || resolve('done'), error => resolve(String(error)));
  })`;
}

/** Ways for both pages and workers. */
export const SHARED_ATTEMPTS: readonly ExfiltrationAttempt[] = [
  { name: 'fetch', attempt: url => fetch(url, { mode: 'no-cors' }) },
  { name: 'fetch-post', attempt: url => fetch(url, { mode: 'no-cors', method: 'POST', body: 'the heap' }) },
  {
    name: 'xml-http-request',
    attempt: url =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.onload = resolve;
        request.onerror = () => reject(new Error('refused'));
        request.open('POST', url);
        request.send('the heap');
      }),
  },
  {
    name: 'web-socket',
    attempt: url =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url.replace('http', 'ws'));
        socket.onopen = resolve;
        socket.onerror = () => reject(new Error('refused'));
      }),
  },
  {
    name: 'event-source',
    attempt: url =>
      new Promise((resolve, reject) => {
        const events = new EventSource(url);
        events.onopen = resolve;
        events.onerror = () => {
          events.close();
          reject(new Error('refused'));
        };
      }),
  },
  { name: 'import', attempt: url => import(/* @vite-ignore */ url) },
  { name: 'font', uses: 'FontFace', attempt: url => new FontFace('stolen', `url(${url})`).load() },
  { name: 'cache', attempt: async url => (await caches.open('stolen')).add(url) },
  {
    name: 'new-function',
    // Deferred, because code that a debugger evaluates is exempt from the ban on eval.
    attempt: url =>
      new Promise(resolve => setTimeout(resolve)).then(() =>
        new Function('url', 'return fetch(url, { mode: "no-cors" })')(url),
      ),
  },
  {
    name: 'worker-of-own-url',
    uses: 'Worker',
    attempt: async (url, own, { whenSent }) => whenSent(new Worker(`${own}#${url}`, { type: 'module' })),
  },
  {
    name: 'worker-of-data-url',
    uses: 'Worker',
    attempt: async (url, _, { whenSent, fetching }) => {
      const code = `const tell = message => postMessage(message); ${fetching(url)}`;
      return whenSent(new Worker(`data:text/javascript,${encodeURIComponent(code)}`));
    },
  },
  {
    name: 'worker-of-blob',
    uses: 'Worker',
    attempt: async (url, _, { whenSent, blobOf, fetching }) => whenSent(new Worker(blobOf(fetching(url)))),
  },
  {
    name: 'worker-that-imports',
    uses: 'Worker',
    attempt: async (url, _, { whenSent, blobOf }) => {
      const imported = `import(${JSON.stringify(url)})`;
      return whenSent(
        new Worker(blobOf(`${imported}.then(() => tell('sent'), error => tell(String(error)));`)),
      );
    },
  },
  {
    name: 'import-scripts',
    uses: 'Worker',
    attempt: async (url, _, { whenSent, blobOf }) =>
      whenSent(
        new Worker(
          blobOf(
            `try { importScripts(${JSON.stringify(url)}); tell('sent'); } catch (error) { tell(String(error)); }`,
          ),
        ),
      ),
  },
  {
    // A worker that inherits the policy starts one that would not.
    name: 'worker-of-own-url-in-worker-of-blob',
    uses: 'Worker',
    attempt: async (url, own, { whenSent, blobOf }) =>
      whenSent(
        new Worker(
          blobOf(`try {
            const worker = new Worker(${JSON.stringify(`${own}#${url}`)}, { type: 'module' });
            worker.onmessage = ({ data }) => tell(data);
            worker.onerror = () => tell('refused');
          } catch (error) { tell(String(error)); }`),
        ),
      ),
  },
];

/** Ways for pages only. */
export const PAGE_ATTEMPTS: readonly ExfiltrationAttempt[] = [
  {
    name: 'beacon',
    attempt: url => {
      navigator.sendBeacon(url, 'the heap');
    },
  },
  { name: 'image', attempt: (src, _, { append }) => append('img', { src }) },
  {
    name: 'style-image',
    attempt: url => {
      document.body.style.setProperty('background-image', `url(${url})`);
      // Forces style computation now, and with it the request for the image.
      document.body.getBoundingClientRect();
    },
  },
  { name: 'script', attempt: (src, _, { append }) => append('script', { src }) },
  { name: 'style-sheet', attempt: (href, _, { append }) => append('link', { rel: 'stylesheet', href }) },
  {
    name: 'preload',
    attempt: (href, _, { append }) => append('link', { rel: 'preload', as: 'image', href }),
  },
  { name: 'prefetch', attempt: (href, _, { append }) => append('link', { rel: 'prefetch', href }) },
  { name: 'frame', attempt: (src, _, { append }) => append('iframe', { src }) },
  { name: 'object', attempt: (data, _, { append }) => append('object', { data }) },
  { name: 'video', attempt: (src, _, { append }) => append('video', { src }) },
  {
    name: 'form',
    attempt: (action, _, { append }) => {
      append('iframe', { name: 'form-target' });
      append('form', { id: 'form', action, method: 'post', target: 'form-target' });
      document.querySelector<HTMLFormElement>('#form')?.submit();
    },
  },
  {
    name: 'shared-worker-of-own-url',
    attempt: async (url, own, { whenSent }) =>
      whenSent(new SharedWorker(`${own}#${url}`, { type: 'module' })),
  },
  {
    name: 'shared-worker-of-blob',
    attempt: async (url, _, { whenSent, blobOf, fetching }) =>
      whenSent(
        new SharedWorker(
          blobOf(`onconnect = ({ ports }) => { [globalThis.port] = ports; ${fetching(url)} };`),
        ),
      ),
  },
  {
    name: 'service-worker',
    attempt: async (url, own) => {
      const script = `${own}?${encodeURIComponent(url)}`;
      const { installing } = await navigator.serviceWorker.register(script, { type: 'module' });
      if (installing === null) throw new Error('not installing');
    },
  },
];

/** Requests that the other test server cannot receive; the browser's refusal can still be observed. */
export const UNLOGGED_ATTEMPTS: readonly ExfiltrationAttempt[] = [
  { name: 'web-transport', attempt: url => new WebTransport(url.replace('http', 'https')).ready },
];
